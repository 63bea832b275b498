/// A pattern as PCRE2 is given it, so that it means what ICU took it for: customers' patterns were written for that.
///
/// What PCRE2 reads otherwise is written otherwise, as `\w`, to which marks belong, as in Thai and Hindi; what it cannot
/// say is refused. What ICU did not know is PCRE2's to take or to refuse, but for what would break a search in slices.
struct PatternDialect {
    let source: [UInt8]
    /// What PCRE2 is given, in UTF-8.
    private(set) var result: [UInt8] = []
    /// From which byte of ``source`` on each byte of ``result`` comes.
    private(set) var origins: [Int] = []
    private(set) var endUse = Pattern.EndUse.none
    private(set) var next = 0
    /// Whether white space is for the reader alone, somewhere in it.
    private(set) var isExtended = false

    /// The letters, digits and marks of a word, to ICU. It begins and ends with what is no bound of a range.
    static let word = #"\p{Alphabetic}0-9_\x{200C}\x{200D}\p{M}\p{Nd}\p{Pc}"#

    /// - Throws: ``PatternFault`` for what cannot be said to PCRE2.
    init(_ pattern: String) throws(PatternFault) {
        source = Array(pattern.utf8)
        result.reserveCapacity(source.count)
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\\"): try escape()
            case UInt8(ascii: "["): try set()
            case UInt8(ascii: "("): try group()
            default:
                if byte == UInt8(ascii: "$") { endUse = .always }
                copy(1)
            }
        }
    }

    /// The byte `ahead` of the next one, if there is one.
    func peek(_ ahead: Int = 0) -> UInt8? {
        next + ahead < source.count ? source[next + ahead] : nil
    }

    /// Whether what comes next is `text`.
    func isNext(_ text: String) -> Bool {
        source[next...].starts(with: text.utf8)
    }

    /// Takes the next `count` bytes, or what there is of them, as they are.
    mutating func copy(_ count: Int) {
        write(source[next..<min(next + count, source.count)], for: count)
    }

    /// Writes `bytes` for the next `count` bytes.
    mutating func write(_ bytes: some Sequence<UInt8>, for count: Int) {
        for byte in bytes {
            result.append(byte)
            origins.append(next)
        }
        next = min(next + count, source.count)
    }

    /// Writes `bytes` that come from bytes before.
    mutating func write(_ bytes: [UInt8], from origin: Int) {
        result += bytes
        origins += Array(repeating: origin, count: bytes.count)
    }

    /// Forgets what was written from `length` on; returns it.
    mutating func takeBack(to length: Int) -> [UInt8] {
        defer {
            result.removeSubrange(length...)
            origins.removeSubrange(length...)
        }
        return Array(result[length...])
    }

    /// The fault `reason`, seen when `count` more bytes were read.
    func fault(_ reason: String, after count: Int) -> PatternFault {
        PatternFault(reason, in: source, at: next + count)
    }

    private mutating func group() throws(PatternFault) {
        if isNext("(*") { throw fault("verbs as (*COMMIT) are not taken", after: 2) }
        if isNext("(?C") { throw fault("callouts as (?C) are not taken", after: 3) }
        if isNext("(?#") {
            let rest = source[next...]
            return copy((rest.firstIndex(of: UInt8(ascii: ")")) ?? rest.endIndex) - next)
        }
        if isNext("(?!") { endUse = .always }
        if isNext("(?") {
            let flags = source[(next + 2)...].prefix { $0 == UInt8(ascii: "^") || (0x61...0x7A).contains($0) }
            if flags.contains(UInt8(ascii: "x")) { isExtended = true }
        }
        copy(1)
    }

    private mutating func escape() throws(PatternFault) {
        let word = Self.word
        switch peek(1).map({ Character(Unicode.Scalar($0)) }) {
        case "w": write("[\(word)]".utf8, for: 2)
        case "W": write("[^\(word)]".utf8, for: 2)
        case "b":
            endUse = max(endUse, .boundary)
            write("(?:(?<=[\(word)])(?![\(word)])|(?<![\(word)])(?=[\(word)]))".utf8, for: 2)
        case "B":
            endUse = max(endUse, .boundary)
            write("(?:(?<=[\(word)])(?=[\(word)])|(?<![\(word)])(?![\(word)]))".utf8, for: 2)
        case "Z", "z":
            endUse = .always
            copy(2)
        // Where the last match ended: there is none before the first.
        case "G": write(#"\A"#.utf8, for: 2)
        case let digit? where ("1"..."9").contains(digit):
            if let byte = peek(2), (0x30...0x39).contains(byte) {
                throw fault(#"write (?:\1)0 for group 1 and a zero"#, after: 3)
            }
            copy(2)
        default: commonEscape()
        }
    }

    /// An escape that is the same within sets and outside them.
    mutating func commonEscape() {
        switch peek(1).map({ Character(Unicode.Scalar($0)) }) {
        case "u": hexadecimal(digits: 4)
        case "U": hexadecimal(digits: 8)
        case "p", "P": property()
        case "c": copy(3)
        case "Q":
            let rest = source[next...]
            let end = rest.firstRange(of: Array(#"\E"#.utf8))?.upperBound ?? rest.endIndex
            copy(end - next)
        default: copy(2)
        }
    }

    /// `\uhhhh` and `\Uhhhhhhhh`, which PCRE2 writes otherwise.
    private mutating func hexadecimal(digits: Int) {
        let found = source[(next + 2)...].prefix(digits).filter { Character(Unicode.Scalar($0)).isHexDigit }
        guard found.count == digits else { return copy(2) }
        write(#"\x{"#.utf8 + found + "}".utf8, for: 2 + digits)
    }

    /// `\p{…}`: to PCRE2 a script's name alone is a larger set, and what is not short has no name.
    private mutating func property() {
        let rest = source[next...]
        guard peek(2) == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return copy(2) }
        let name = String(decoding: source[(next + 3)..<end], as: UTF8.self)
        write(
            source[next..<(next + 3)] + PropertyName.known(name).utf8 + "}".utf8, for: end + 1 - next)
    }
}
