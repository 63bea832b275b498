/// The run at the beginning of a pattern such as `\w+: OK`: a set, repeated, and then what begins with no character of
/// the set.
///
/// Such a pattern fails from each character of a run of the set for the same reason: from whichever it begins, the set
/// takes the run to its end, and only there can the rest begin. So a search that fails from the first may go on behind
/// the run (PCRE2's `(*SKIP)`); without that it takes each character of a word for another beginning. That holds where
/// the rest does not ask what the set took; what might is not looked into.
struct LeadingRun {
    private let pattern: [UInt8]
    /// How many bytes of the pattern it has, with the parentheses of a group that it alone is in.
    private(set) var length = 0

    /// The characters that `\s` may stand for.
    private static let spaces =
        "\t\n\u{B}\u{C}\r \u{85}\u{A0}\u{1680}\u{180E}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}"
        + "\u{2008}\u{2009}\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}"

    /// The run of `pattern`, which PCRE2 takes, and in which white space stands for itself; nil where it has none.
    ///
    /// - Parameter holds: whether the set that some bytes of the pattern spell holds any character of a text.
    init?(of pattern: [UInt8], holds: (ArraySlice<UInt8>, String) -> Bool) {
        self.pattern = pattern
        var start = 0
        let isGroup = byte(0) == UInt8(ascii: "(")
        if isGroup { start = isNext("(?:", at: 0) ? 3 : 1 }
        guard let end = setEnd(start), byte(end) == UInt8(ascii: "+") else { return nil }
        // Whether it gives back or not, for what follows it is in the run's end alone.
        var next = end + (byte(end + 1) == UInt8(ascii: "+") ? 2 : 1)
        if isGroup {
            guard byte(next) == UInt8(ascii: ")") else { return nil }
            next += 1
        }
        guard beginnings(next).map({ !holds(pattern[start..<end], $0) }) == true, isIndependent(next) else {
            return nil
        }
        length = next
    }

    /// The characters with which what stands at `index` of the pattern may begin; nil where that is not easily told.
    private func beginnings(_ index: Int) -> String? {
        var (result, next) = ("", index)
        while let (characters, end) = literal(next) {
            result += characters
            switch byte(end) {
            case UInt8(ascii: "{"): return nil
            // It may be lacking, and then the next one begins.
            case UInt8(ascii: "?"), UInt8(ascii: "*"):
                let isModified = byte(end + 1) == UInt8(ascii: "+") || byte(end + 1) == UInt8(ascii: "?")
                next = end + (isModified ? 2 : 1)
            default: return result
            }
        }
        return nil
    }

    /// The pattern, whose search goes on behind a run.
    var skipping: [UInt8] {
        // A second `+` gives nothing back; where the first is in a group, its parenthesis stands between.
        pattern[..<length] + Array("(*SKIP)".utf8) + pattern[length...]
    }

    private func byte(_ index: Int) -> UInt8? { index < pattern.count ? pattern[index] : nil }

    private func isNext(_ text: String, at index: Int) -> Bool { pattern[index...].starts(with: text.utf8) }

    /// The end of the set, or of what stands for one, that begins at `index`; nil where none does.
    private func setEnd(_ index: Int) -> Int? {
        switch byte(index) {
        case UInt8(ascii: "["): bracketEnd(index)
        case UInt8(ascii: "\\"): escapeEnd(index, of: "dDhHpPsSvV")
        default: nil
        }
    }

    /// The end of the set in brackets at `index`; nil where it has another in it, or anything unusual.
    private func bracketEnd(_ index: Int) -> Int? {
        var next = index + (byte(index + 1) == UInt8(ascii: "^") ? 2 : 1)
        guard byte(next) != UInt8(ascii: "]") else { return nil }
        while let current = byte(next) {
            switch current {
            case UInt8(ascii: "]"): return next + 1
            case UInt8(ascii: "["): return nil
            case UInt8(ascii: "\\"):
                guard let end = escapeEnd(next, of: "dDhHnNpPrsStvVwWx") else { return nil }
                next = end
            default: next += 1
            }
        }
        return nil
    }

    /// The end of the escape at `index`, of a sign or of one of `letters`; nil where it is another.
    private func escapeEnd(_ index: Int, of letters: String) -> Int? {
        guard let kind = byte(index + 1) else { return nil }
        let isSign =
            kind < 0x80 && !Character(Unicode.Scalar(kind)).isLetter && !Character(Unicode.Scalar(kind)).isNumber
        guard isSign || letters.utf8.contains(kind) else { return nil }
        guard "pPx".utf8.contains(kind) else { return index + 2 }
        guard byte(index + 2) == UInt8(ascii: "{") else { return nil }
        return pattern[index...].firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 }
    }

    /// The characters that a match may have at `index` of the pattern, where that is one character or a space, and where
    /// the pattern goes on.
    private func literal(_ index: Int) -> (characters: String, end: Int)? {
        guard let first = byte(index), first < 0x80, !"^$.[]|()?*+{}".utf8.contains(first) else { return nil }
        guard first == UInt8(ascii: "\\") else { return (String(Unicode.Scalar(first)), index + 1) }
        if byte(index + 1) == UInt8(ascii: "s") { return (Self.spaces, index + 2) }
        guard let end = escapeEnd(index, of: ""), let sign = byte(index + 1) else { return nil }
        return (String(Unicode.Scalar(sign)), end)
    }

    /// Whether what begins at `index` is one alternative to the end, and nothing in it asks what was matched before.
    private func isIndependent(_ index: Int) -> Bool {
        var (next, depth) = (index, 0)
        while let current = byte(next) {
            switch current {
            case UInt8(ascii: "\\"):
                guard let end = escapeEnd(next, of: "ABDHNPRSVWZbdhnprstvwxz") else { return false }
                next = end
            case UInt8(ascii: "["):
                guard let end = bracketEnd(next) else { return false }
                next = end
            case UInt8(ascii: "("):
                let isPlain = byte(next + 1) != UInt8(ascii: "?")
                guard isPlain || ["(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>"].contains(where: { isNext($0, at: next) })
                else { return false }
                depth += 1
                next += isPlain ? 1 : 2
            case UInt8(ascii: ")"):
                depth -= 1
                next += 1
            case UInt8(ascii: "|") where depth == 0: return false
            default: next += 1
            }
        }
        return depth == 0
    }
}
