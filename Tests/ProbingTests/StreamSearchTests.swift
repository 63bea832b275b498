import Testing

@testable import Probing

@Suite struct StreamSearchTests {
    /// What a search for `texts` finds in `body` where it comes in pieces that end at `cuts`, which ascend.
    private func found(_ texts: [String], in body: [UInt8], cuts: [Int]) -> Set<[UInt8]> {
        var search = StreamSearch(texts)
        var start = 0
        let longest = texts.map(\.utf8.count).max() ?? 0
        for end in cuts + [body.count] {
            body[start..<end].withUnsafeBytes { search.read($0) }
            start = end
            #expect(search.kept.count <= max(0, longest - 1))
        }
        return search.found
    }

    /// The same, without any cleverness.
    private func expected(_ texts: [String], in body: [UInt8]) -> Set<[UInt8]> {
        Set(
            texts.map { Array($0.utf8) }.filter { text in
                (0...body.count).contains { body[$0...].starts(with: text) }
            })
    }

    /// All ways to cut `count` bytes, as the places between them.
    private func allCuts(_ count: Int) -> [[Int]] {
        (0..<1 << max(0, count - 1)).map { bits in (1..<max(1, count)).filter { bits >> ($0 - 1) & 1 == 1 } }
    }

    @Test func allTextsAreFoundInAllSmallBodiesHoweverTheyCome() {
        let words = ["", "a", "b", "ab", "ba", "aa", "aab", "aba", "abb", "abab", "aabaa"]
        for count in 0...6 {
            for bits in 0..<1 << count {
                let body = (0..<count).map { bits >> $0 & 1 == 0 ? UInt8(ascii: "a") : UInt8(ascii: "b") }
                let all = expected(words, in: body)
                for cuts in allCuts(count) where found(words, in: body, cuts: cuts) != all {
                    Issue.record("\(String(decoding: body, as: UTF8.self)) in pieces to \(cuts)")
                }
            }
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func randomTextsAreFoundInRandomBodies(_ seed: UInt64) {
        var numbers = AdmissionTests.Numbers(state: seed)
        let letters = Array("aab\0é".unicodeScalars)
        func text(_ most: Int) -> String {
            (0..<Int.random(in: 0...most, using: &numbers)).reduce(into: "") { text, _ in
                text.unicodeScalars.append(letters.randomElement(using: &numbers) ?? "a")
            }
        }
        let texts = (0..<Int.random(in: 0...6, using: &numbers)).map { _ in text(12) }
        // Some of the bodies are made of the texts, or of all but their ends.
        let body = Array(
            (0..<20).map {
                $0 % 3 == 0 ? String(text(40)) : String((texts.randomElement(using: &numbers) ?? "").dropLast($0 % 2))
            }.joined().utf8)
        let cuts = (0..<Int.random(in: 0...30, using: &numbers)).map { _ in
            Int.random(in: 0...body.count, using: &numbers)
        }
        #expect(found(texts, in: body, cuts: cuts.sorted()) == expected(texts, in: body))
        let each = Array(0..<body.count)
        #expect(found(texts, in: body, cuts: each) == expected(texts, in: body))
    }

    @Test func textsThatOnlyLookAlikeAreTold() {
        // One é is a letter, the other an e with an accent: equal as strings, but other bytes.
        let (composed, combined) = ("caf\u{e9}", "cafe\u{301}")
        #expect(found([composed, combined], in: Array(combined.utf8), cuts: [5]) == [Array(combined.utf8)])
    }

    @Test func whatWasFoundIsKeptNoMore() {
        var search = StreamSearch(["Acme Corporation", "ok"])
        Array("a page of Acme Corpora".utf8).withUnsafeBytes { search.read($0) }
        #expect(search.kept.count == 15)
        Array("tion".utf8).withUnsafeBytes { search.read($0) }
        #expect(search.kept == Array("n".utf8))
        Array("ok".utf8).withUnsafeBytes { search.read($0) }
        #expect(search.kept.isEmpty && search.found.count == 2)
    }
}
