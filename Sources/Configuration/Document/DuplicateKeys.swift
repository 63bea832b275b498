import Yams

/// The text of a document in which keys that their mapping holds twice are replaced by keys of our own, so that
/// it can be read to its end and every mistake of it be reported.
struct DuplicateKeys {
    /// The text so far.
    private(set) var text: String
    /// What stood where the replacements stand.
    private(set) var replaced: [String: String] = [:]

    init(text: String) {
        self.text = text
    }

    /// Replaces the key `name` at `mark`; false where something else stands there, as an alias or an escape.
    mutating func replace(_ name: String, at mark: Mark) -> Bool {
        let scalars = text.unicodeScalars
        guard let start = index(of: mark),
            let spelling = [name, "\"\(name)\"", "'\(name)'"].first(where: {
                scalars[start...].starts(with: $0.unicodeScalars)
            })
        else { return false }
        // A character for private use, which libyaml takes and no key of ours has.
        let replacement = "\u{F8FF}\(replaced.count)"
        let end = scalars.index(start, offsetBy: spelling.unicodeScalars.count)
        text.unicodeScalars.replaceSubrange(start..<end, with: replacement.unicodeScalars)
        replaced[replacement] = name
        return true
    }

    /// Where `mark` points to: libyaml counts lines at all the line ends of Unicode, and columns in scalars.
    private func index(of mark: Mark) -> String.Index? {
        let scalars = text.unicodeScalars
        var position = scalars.startIndex
        var line = 1
        while line < mark.line, position < scalars.endIndex {
            let scalar = scalars[position]
            position = scalars.index(after: position)
            switch scalar {
            case "\r" where position < scalars.endIndex && scalars[position] == "\n": break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": line += 1
            default: break
            }
        }
        return scalars.index(position, offsetBy: mark.column - 1, limitedBy: scalars.endIndex)
    }
}
