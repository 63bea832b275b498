import Foundation
import SLA
import Testing

@testable import Probing

/// A body is the same text for whatever looks into it, however it is encoded, and however it comes.
@Suite struct DecodingTests {
    /// A text in its encoding, made by Python's codecs, which are not iconv's.
    struct Page: Sendable, CustomStringConvertible {
        let label: String
        let text: String
        let bytes: [UInt8]

        var description: String { label }

        init(_ label: String, _ text: String, _ hexadecimal: String) {
            (self.label, self.text) = (label, text)
            var bytes: [UInt8] = []
            var rest = hexadecimal[...]
            while rest.count >= 2 {
                bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            }
            self.bytes = bytes
        }
    }

    static let pages = [
        Page("gb2312", "欢迎光临", "bbb6d3adb9e2c1d9"), Page("GBK", "囍字", "87d6d7d6"),
        Page("gb18030", "㐀€", "8139ee39a2e3"), Page("Shift_JIS", "日本語ソ", "93fa967b8cea835c"),
        Page("euc-jp", "日本語", "c6fccbdcb8ec"), Page("EUC-KR", "한국어", "c7d1b1b9beee"),
        Page("big5", "歡迎", "c577aaef"), Page("big5", "～／‧€", "a1e3a1fea145a3e1"),
        Page("big5-hkscs", "啫嘅", "94dc9def"), Page("gbk", "价格€", "bcdbb8f180"),
        Page("windows-1258", "Chào Việt", "4368e06f205669eaf274"),
        Page("windows-1251", "Привет", "cff0e8e2e5f2"), Page("koi8-r", "Привет", "f0d2c9d7c5d4"),
        Page("iso-8859-2", "Łódź", "a3f364bc"), Page("ISO-8859-1", "café – €", "636166e920962080"),
        Page("latin1", "naïve", "6e61ef7665"), Page("iso-8859-15", "€", "a4"),
        Page("windows-1256", "مرحبا", "e3d1cdc8c7"),
        Page("utf-16le", "Chào", "43006800e0006f00"), Page("utf-16be", "Chào", "0043006800e0006f"),
        Page("utf-8", "Chào mừng", "4368c3a06f206de1bbab6e67"), Page("iso-2022-jp", "日本", "1b2442467c4b5c1b2842"),
    ]

    private func found(_ texts: [String], _ bytes: [UInt8], type: String, piece: Int, cut: Bool = false) -> Set<[UInt8]>
    {
        var search = BodySearch(texts, type: ContentType(type))
        var start = 0
        while start < bytes.count {
            let end = min(start + piece, bytes.count)
            Array(bytes[start..<end]).withUnsafeBytes { search.read($0) }
            start = end
        }
        return search.finish(cut: cut)
    }

    private func isFound(_ text: String, _ bytes: [UInt8], type: String, piece: Int) -> Bool {
        found([text], bytes, type: type, piece: piece).contains(Array(text.utf8))
    }

    /// Between other text, in one piece and in every piece of a few bytes, so that characters and texts are torn.
    @Test(arguments: pages, [1, 2, 3, 5, 4096])
    func aTextIsFoundInItsEncodingHoweverItComes(_ page: Page, _ piece: Int) {
        let isWide = page.label.hasPrefix("utf-16")
        func ascii(_ text: String) -> [UInt8] {
            text.utf8.flatMap { page.label == "utf-16be" ? [0, $0] : isWide ? [$0, 0] : [$0] }
        }
        let bytes = ascii(String(repeating: "<p>x</p>", count: 200)) + page.bytes + ascii("</html>")
        let type = "text/html; charset=\(page.label)"
        #expect(isFound(page.text, bytes, type: type, piece: piece))
        #expect(isFound(page.text + "</html>", bytes, type: type, piece: piece))
        #expect(!isFound(page.text + "x", bytes, type: type, piece: piece))
        #expect(BodyText.text(bytes, type: ContentType(type), isCut: false).contains(page.text))
    }

    @Test func theHeaderComesFirstThenTheDocumentThenUTF8ThenWindows1252() {
        let word = "Chào"
        let utf8 = Array("<meta charset=windows-1258>Chào".utf8)
        let vietnamese = Array("<meta charset=windows-1258>".utf8) + [0x43, 0x68, 0xE0, 0x6F]
        #expect(isFound(word, utf8, type: "text/html; charset=utf-8", piece: 7))
        #expect(isFound(word, vietnamese, type: "text/html", piece: 7))
        #expect(!isFound(word, utf8, type: "text/html", piece: 7))
        // What is no document says nothing of itself.
        #expect(isFound(word, utf8, type: "text/plain", piece: 7))
        #expect(isFound(word, [0xEF, 0xBB, 0xBF] + utf8, type: "text/html", piece: 7))
        #expect(isFound(word, Array(word.utf8), type: "", piece: 1))
        #expect(isFound(word, [0x43, 0x68, 0xE0, 0x6F], type: "", piece: 1))
        // A label that nobody knows is none.
        #expect(isFound(word, vietnamese, type: "text/html; charset=nonsense", piece: 7))
        // UTF-16 by its mark, whatever the order of its bytes.
        for (mark, swapped) in [([0xFE, 0xFF] as [UInt8], false), ([0xFF, 0xFE], true)] {
            let units = word.utf16.flatMap { unit -> [UInt8] in
                let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
                return swapped ? [low, high] : [high, low]
            }
            #expect(isFound(word, mark + units, type: "text/html", piece: 3))
            #expect(isFound(word, mark + units, type: "text/html; charset=utf-16", piece: 3))
            #expect(BodyText.text(mark + units, type: ContentType(""), isCut: false) == word)
        }
    }

    /// Whatever the declaration, ASCII is found, and nothing breaks: what is no text is U+FFFD, a byte at a time.
    @Test(arguments: pages.map(\.label).filter { !$0.hasPrefix("utf-16") && $0 != "iso-2022-jp" })
    func aWrongDeclarationHidesNoASCII(_ label: String) {
        let bytes = Array("<p>".utf8) + (0x80...0xFE).flatMap { [UInt8($0), 0x20] } + Array("</p> Acme Corp".utf8)
        let type = "text/html; charset=\(label)"
        for piece in [1, 100] { #expect(isFound("Acme Corp", bytes, type: type, piece: piece), "\(label)") }
        #expect(BodyText.text(bytes, type: ContentType(type), isCut: false).hasSuffix("</p> Acme Corp"))
    }

    @Test func aTextWithoutItsEndIsNoMistakeWhereItWasCut() {
        let half = Array("Chào".utf8.dropLast(2))
        #expect(BodyText.text(half, type: ContentType(""), isCut: true) == "Ch\u{FFFD}")
        // As windows-1252, for a whole text that ends so is not UTF-8.
        #expect(BodyText.text(half, type: ContentType(""), isCut: false) == "ChÃ")
        #expect(found(["ChÃ"], half, type: "", piece: 9, cut: true).isEmpty)
        #expect(found(["ChÃ"], half, type: "", piece: 9).count == 1)
        #expect(BodyText.text([0xBB], type: ContentType("x; charset=gbk"), isCut: false) == "\u{FFFD}")
        #expect(BodyText.text([0xBB], type: ContentType("x; charset=gbk"), isCut: true) == "")
    }

    /// However much of a body is no text: what stands behind it is.
    @Test(arguments: ["gb18030", "iso-8859-1", "windows-1258", "big5", "utf-8", "utf-16le"])
    func whatStandsBehindMistakesIsText(_ label: String) {
        let isWide = label == "utf-16le"
        let mistakes: [UInt8] = isWide ? [0x00, 0xDC] : [0x81, 0xFF, 0x90, 0x20]
        var bytes = Array(repeatElement(mistakes, count: 20_000).joined())
        for byte in "Acme Corp".utf8 { bytes += isWide ? [byte, 0] : [byte] }
        let type = "text/html; charset=\(label)"
        #expect(isFound("Acme Corp", bytes, type: type, piece: 1 << 14))
        #expect(BodyText.text(bytes, type: ContentType(type), isCut: false).hasSuffix("Acme Corp"))
    }

    /// A unit of UTF-16 without its other half is one mistake, and the next is a unit again.
    @Test(arguments: [1, 2, 3, 100])
    func halfACharacterOfUTF16IsOneMistake(_ piece: Int) {
        let bytes: [UInt8] = [0x41, 0, 0x3D, 0xD8, 0x42, 0, 0x00, 0xDC, 0x43, 0, 0x3D, 0xD8]
        let type = "x; charset=utf-16le"
        #expect(isFound("A\u{FFFD}B\u{FFFD}C\u{FFFD}", bytes, type: type, piece: piece))
        #expect(BodyText.text(bytes, type: ContentType(type), isCut: false) == "A\u{FFFD}B\u{FFFD}C\u{FFFD}")
    }

    /// What a header says in all the ways in which it may be written.
    @Test(arguments: [
        "text/html; a=\"x; charset=gbk\"; charset=windows-1258", "TEXT/HTML;CHARSET=\"windows-1258\"",
        "text/html, text/html; charset=windows-1258",
    ])
    func aCharsetIsFoundWhereItStands(_ type: String) {
        #expect(ContentType(type).encoding?.name == "CP1258")
    }

    @Test(arguments: [
        ["Content-Type: text/html;\r\n", " charset=gbk\r\n"],
        ["Content-Type: text/html; charset=gbk\r\n", "X: y\r\n", "Content-Type: text/html\r\n"],
        ["Content-Type: text/html; charset=utf-8\r\n", "Content-Type: text/html; charset=gbk\r\n"],
    ])
    func aTypeMayStandInSeveralLines(_ lines: [String]) {
        var head = AnswerHead(limit: 1000, keepsHeaders: false, follows: false)
        for line in lines { Array(line.utf8).withUnsafeBytes { _ = head.read($0, status: 200) } }
        #expect(ContentType(head.contentType).encoding?.name == "GB18030")
    }

    /// Whoever looks for what is no text finds it, in UTF-8 as elsewhere.
    @Test func aMistakeIsFound() {
        #expect(isFound("Ti\u{FFFD}ng", [0x54, 0x69, 0xFF, 0x6E, 0x67], type: "x; charset=utf-8", piece: 2))
    }

    /// Where windows has no character, browsers have a control character.
    @Test func whatWindowsLeavesOpenIsAControlCharacter() {
        #expect(BodyText.text([0x41, 0x81, 0x42], type: ContentType("x; charset=latin1"), isCut: false) == "A\u{81}B")
        let type = ContentType("x; charset=windows-1258")
        #expect(BodyText.text([0x61, 0x8A, 0x62], type: type, isCut: false) == "a\u{8A}b")
    }

    @Test(arguments: [
        ("ISO-8859-1", "CP1252"), (" us-ascii\t", "CP1252"), ("gb2312", "GB18030"), ("x-sjis", "CP932"),
        ("ks_c_5601-1987", "UHC"), ("utf8", "UTF-8"), ("unicode", "UTF-16LE"), ("x-mac-cyrillic", "MAC-CYRILLIC"),
    ])
    func labelsAreThoseOfBrowsers(_ label: String, _ name: String) {
        #expect(EncodingLabel.encoding(label)?.name == name)
    }

    @Test(arguments: ["", "nonsense", "iso-2022-cn-ext", "hz-gb-2312", "utf-7", "utf-32", "windows 1252"])
    func otherLabelsAreNone(_ label: String) {
        #expect(EncodingLabel.encoding(label) == nil)
    }

    /// Each encoding that a label names can be decoded on this system.
    @Test func everyEncodingIsThere() {
        for page in Self.pages { #expect(EncodingLabel.encoding(page.label).flatMap(TextDecoder.init) != nil) }
        for name in ["IBM866", "ISO-8859-3", "ISO-8859-16", "KOI8-U", "MACINTOSH", "CP874", "BIG5-HKSCS", "EUC-JP-MS"] {
            #expect(TextDecoder(TextEncoding(name: name)) != nil, "\(name)")
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func whatIsUTF8IsWhatTheLibrarySays(_ seed: UInt64) {
        var numbers = AdmissionTests.Numbers(state: seed)
        let parts: [[UInt8]] = [
            Array("text".utf8), Array("é".utf8), Array("€".utf8), Array("🙂".utf8), [0xC0, 0x80], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0x80], [0xFF], [0x80], Array("a longer piece of text".utf8),
        ]
        let count = Int.random(in: 0...6, using: &numbers)
        var bytes = (0..<count).flatMap { _ in
            parts[Int.random(in: 0..<(seed % 2 == 0 ? 4 : parts.count), using: &numbers)]
        }
        bytes = Array(bytes.dropLast(Int.random(in: 0...1, using: &numbers)))
        var check = UTF8Check()
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int.random(in: 1...12, using: &numbers))
            Array(bytes[start..<end]).withUnsafeBytes { check.read($0) }
            start = end
        }
        #expect(check.isText(cut: false) == (String(validating: bytes, as: UTF8.self) != nil))
    }
}
