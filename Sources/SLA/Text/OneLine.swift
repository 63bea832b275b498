extension String {
    /// The text on one line, without anything that would steer a terminal, hide, or look like another line: what
    /// people and servers wrote is shown, and shows nothing else.
    public var onOneLine: String {
        guard unicodeScalars.contains(where: \.isUnseen) else { return self }
        return unicodeScalars.map(\.shown).joined()
    }
}

extension Unicode.Scalar {
    /// The scalar itself, or its number where it would steer, hide, or begin another line.
    public var shown: String {
        isUnseen ? "\\u{\(String(value, radix: 16))}" : String(self)
    }

    fileprivate var isUnseen: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
