/// Finds out how a body is encoded: by the header's charset, else by the document's byte order mark or its own word
/// (`<meta>`, `<?xml ?>`); where nobody says it, it is UTF-8, or windows-1252 where it cannot be that.
struct EncodingSniffer {
    /// How a body is decoded.
    struct Finding: Hashable {
        /// As it is said to be; nil where nobody says it.
        let encoding: TextEncoding?
        /// How many bytes at its beginning are a mark and no text.
        let markLength: Int
    }

    /// How many bytes of a document are looked at: as many as browsers wait for.
    static let reach = 1024

    let type: ContentType

    /// What the first bytes of a body say, of which there are ``reach`` where it has as many.
    func finding(_ head: some Collection<UInt8>) -> Finding {
        let mark = TextEncoding.mark(of: head)
        if let declared = type.encoding {
            // Of UTF-16 a server seldom knows which it is, and a mark does.
            if declared.isUTF16, let mark, mark.encoding.isUTF16 {
                return Finding(encoding: mark.encoding, markLength: mark.length)
            }
            return Finding(encoding: declared, markLength: mark?.encoding == declared ? mark?.length ?? 0 : 0)
        }
        if let mark { return Finding(encoding: mark.encoding, markLength: mark.length) }
        guard type.isMarkup else { return Finding(encoding: nil, markLength: 0) }
        let found = MarkupPrescan.encoding(Array(head.prefix(Self.reach)))
        // Where such a declaration can be read at all, the document is no UTF-16.
        return Finding(encoding: found.map { $0.isUTF16 ? .utf8 : $0 }, markLength: 0)
    }

    /// `text` without spaces and tabs around it.
    static func trimmed(_ text: some StringProtocol) -> String {
        let bytes = Array(text.utf8)
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
