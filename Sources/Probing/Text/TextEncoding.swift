/// How bytes are a text.
struct TextEncoding: Hashable, Sendable {
    /// The name by which iconv(3) knows it.
    let name: String

    static let utf8 = TextEncoding(name: "UTF-8")
    static let utf16LittleEndian = TextEncoding(name: "UTF-16LE")
    static let utf16BigEndian = TextEncoding(name: "UTF-16BE")
    static let windows1252 = TextEncoding(name: "CP1252")

    /// Whether a unit of it has two bytes.
    var isUTF16: Bool { self == .utf16LittleEndian || self == .utf16BigEndian }

    private static let marks: [(bytes: [UInt8], encoding: TextEncoding)] = [
        ([0xEF, 0xBB, 0xBF], .utf8), ([0xFE, 0xFF], .utf16BigEndian), ([0xFF, 0xFE], .utf16LittleEndian),
    ]

    /// The encoding whose byte order mark `bytes` begin with, and how long that is; nil where they begin with none.
    static func mark(of bytes: some Sequence<UInt8>) -> (encoding: TextEncoding, length: Int)? {
        marks.first { bytes.starts(with: $0.bytes) }.map { ($0.encoding, $0.bytes.count) }
    }
}
