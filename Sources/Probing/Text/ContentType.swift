/// What a `Content-Type` says of a body's text.
struct ContentType: Hashable, Sendable {
    /// The encoding that it names; nil where it names none that browsers know.
    let encoding: TextEncoding?
    /// Whether the document may say by itself how it is encoded: HTML and XML can, and so may what has no type.
    let isMarkup: Bool

    /// What the header's `value` says; an empty one says nothing.
    init(_ value: String) {
        // A `;` in quotes is none.
        var isQuoted = false
        let parts = value.split { character in
            if character == "\"" { isQuoted.toggle() }
            return character == ";" && !isQuoted
        }
        let type = parts.first?.lowercased() ?? ""
        isMarkup = type.isEmpty || type.contains("html") || type.contains("xml")
        encoding = parts.dropFirst().lazy.compactMap(Self.charset).first
    }

    /// The encoding of a parameter `charset=…`, in quotes or not; nil for any other.
    private static func charset(_ parameter: Substring) -> TextEncoding? {
        let sides = parameter.split(separator: "=", maxSplits: 1)
        guard sides.count == 2, EncodingSniffer.trimmed(sides[0]).lowercased() == "charset" else { return nil }
        return EncodingLabel.encoding(EncodingSniffer.trimmed(sides[1]).filter { $0 != "\"" && $0 != "'" })
    }
}
