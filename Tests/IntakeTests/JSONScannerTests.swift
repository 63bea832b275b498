import Foundation
import Intake
import Testing

@Suite struct JSONScannerTests {
    private func scan<T>(_ text: String, _ body: (inout JSONScanner) throws -> T) throws -> T {
        try Array(text.utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            let result = try body(&scanner)
            try scanner.end()
            return result
        }
    }

    private func mistake(_ text: String) -> String? {
        do {
            try scan(text) { try $0.skip() }
            return nil
        } catch let error as JSONScanner.Malformed {
            return "\(error.line): \(error.message)"
        } catch {
            return "\(error)"
        }
    }

    @Test func membersAndElementsComeInTheirOrder() throws {
        var seen: [String] = []
        try scan("\u{FEFF} {\"a\": [1, \"x\", {}, []],\n \"b\": true, \"c\": null}\n") { scanner in
            try scanner.members { name, scanner in
                guard try scanner.kind() == .array else { return try scanner.skip() }
                try scanner.elements { index, scanner in
                    seen.append("\(name)\(index)=\(try scanner.scalar() ?? "-")")
                }
            }
        }
        #expect(seen == ["a0=1", "a1=x", "a2=-", "a3=-"])
    }

    @Test func escapesAreUndone() throws {
        let text = try scan(#""\"\\\/\b\f\n\r\té😀""#) { try $0.text() }
        #expect(text == "\"\\/\u{8}\u{C}\n\r\té😀")
    }

    /// What the scanner reads out of any document is what Foundation reads out of it.
    @Test func itAgreesWithAnotherReader() throws {
        var state: UInt64 = 7
        func next(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        func value(_ depth: Int) -> Any {
            switch next(depth > 3 ? 3 : 5) {
            case 0: Int(next(1000))
            case 1: ["", "a\"b", "\u{1F600}\n", "ế"][Int(next(4))]
            case 2: NSNull()
            case 3: (0..<next(4)).map { _ in value(depth + 1) }
            default:
                Dictionary((0..<next(4)).map { ("k\($0)", value(depth + 1)) }, uniquingKeysWith: { first, _ in first })
            }
        }
        func read(_ scanner: inout JSONScanner) throws -> Any {
            switch try scanner.kind() {
            case .object:
                var members: [String: Any] = [:]
                try scanner.members { members[$0] = try read(&$1) }
                return members
            case .array:
                var elements: [Any] = []
                try scanner.elements { elements.append(try read(&$1)) }
                return elements
            case .number: return Int(try scanner.scalar() ?? "") ?? -1
            case .string: return try scanner.text()
            default:
                try scanner.skip()
                return NSNull()
            }
        }
        for _ in 0..<300 {
            let document: [String: Any] = ["root": value(0)]
            for options: JSONSerialization.WritingOptions in [[], .prettyPrinted] {
                let data = try JSONSerialization.data(withJSONObject: document, options: options)
                let found = try data.withUnsafeBytes { bytes in
                    var scanner = JSONScanner(bytes)
                    return try read(&scanner)
                }
                func text(_ value: Any) throws -> String {
                    String(
                        decoding: try JSONSerialization.data(withJSONObject: value, options: .sortedKeys), as: UTF8.self
                    )
                }
                #expect(try text(found) == text(document))
            }
        }
    }

    @Test(arguments: [
        ("{\"a\": 1,}", "1: found \"}\", expected a member's name in quotes"),
        ("[1\n2]", "2: found \"2]\", expected \",\" or \"]\""),
        ("{\"a\" 1}", "1: found \"1}\", expected \":\" behind a member's name"),
        ("{\"a\": \"x", "1: a text is opened and never closed"),
        ("[", "1: the file ends here, expected a value"),
        ("nul", "1: found \"nul\", expected a value"),
        ("[1] x", "1: found \"x\", expected the end of the file"),
        ("", "1: the file ends here, expected a value"),
    ])
    func whatIsNoJSONIsSaidWithItsLine(_ text: String, _ expected: String) {
        #expect(mistake(text) == expected)
    }

    /// Otherwise the lines behind it would be counted wrongly.
    @Test func aLineEndIsNoEscape() {
        #expect(mistake("[\"a\\\nb\"]") == "1: a control character inside a text")
    }

    @Test func aHostileDepthIsRefused() {
        #expect(mistake(String(repeating: "[", count: 100_000))?.contains("nested deeper") == true)
    }

    /// Cut anywhere, a document is refused and nothing else happens.
    @Test func everyCutIsAMistake() {
        let text = #"{"a":[1,{"b":"cé\n"},[]],"d":null}"#
        for length in 0..<text.utf8.count {
            #expect(mistake(String(decoding: text.utf8.prefix(length), as: UTF8.self)) != nil)
        }
        #expect(mistake(text) == nil)
    }
}
