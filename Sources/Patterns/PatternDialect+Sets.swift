/// Sets of characters: `[…]`.
extension PatternDialect {
    /// Takes the set that begins here.
    ///
    /// PCRE2 10.42 knows no sets within sets, no intersection and no difference, and takes their signs for themselves.
    mutating func set() throws(PatternFault) {
        let origin = next
        let begun = result.count
        let isNegated = peek(1) == UInt8(ascii: "^")
        copy(isNegated ? 2 : 1)
        let first = next
        let written = result.count
        var hasNonWord = false
        while let byte = peek() {
            if byte == UInt8(ascii: "]"), next > first { break }
            if byte == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "W") {
                hasNonWord = true
                write([], for: 2)
            } else {
                try item(byte)
            }
        }
        // PCRE2 says that its end is missing.
        guard peek() != nil else { return }
        if hasNonWord {
            // What is no part of a word is all but what is: no item of a set can say it.
            var items = takeBack(to: begun).dropFirst(written - begun)
            if items.first == UInt8(ascii: "^") { items = Array(#"\"#.utf8) + items }
            write(Self.withNonWord(Array(items), isNegated), from: origin)
            write([], for: 1)
        } else {
            copy(1)
        }
    }

    private static func withNonWord(_ items: [UInt8], _ isNegated: Bool) -> [UInt8] {
        let rest = String(decoding: items, as: UTF8.self)
        switch (isNegated, rest.isEmpty) {
        case (false, true): return Array("[^\(word)]".utf8)
        case (true, true): return Array("[\(word)]".utf8)
        case (false, false): return Array("(?:[^\(word)]|[\(rest)])".utf8)
        case (true, false): return Array("(?:(?![\(rest)])[\(word)])".utf8)
        }
    }

    private mutating func item(_ byte: UInt8) throws(PatternFault) {
        switch byte {
        case UInt8(ascii: "\\"):
            if peek(1) == UInt8(ascii: "w") { write(Self.word.utf8, for: 2) } else { commonEscape() }
        case UInt8(ascii: "["): try named()
        case UInt8(ascii: "&") where isNext("&&"):
            throw fault("an intersection of sets is not taken: write (?=[a-z])[^aeiou]", after: 2)
        case UInt8(ascii: "-") where isNext("--"):
            throw fault("a difference of sets is not taken: write (?![aeiou])[a-z]", after: 2)
        case 0x09...0x0D, 0x20:
            if isExtended { throw fault(#"white space in a set under (?x) is written \x20"#, after: 1) }
            copy(1)
        default: copy(1)
        }
    }

    /// `[:alpha:]` and the like: some of them are other sets to PCRE2.
    private mutating func named() throws(PatternFault) {
        let rest = source[next...]
        guard isNext("[:"), let end = rest.firstRange(of: Array(":]".utf8)) else {
            throw fault(#"a set within a set is not taken: write (?:[a]|[b]), and \[ for the character"#, after: 1)
        }
        let name = String(decoding: source[(next + 2)..<end.lowerBound], as: UTF8.self)
        let isNegated = name.hasPrefix("^")
        guard let items = Self.classes[isNegated ? String(name.dropFirst()) : name] else {
            return copy(end.upperBound - next)
        }
        guard !isNegated || items.count == 1 else {
            throw fault("[:\(name):] is not taken: write [^[:\(name.dropFirst()):]]", after: end.upperBound - next)
        }
        let sign = isNegated ? "P" : "p"
        write(items.map { #"\\#(sign){\#($0)}"# }.joined().utf8, for: end.upperBound - next)
    }

    /// What ICU takes for the names of POSIX, by properties of Unicode.
    private static let classes = [
        "alpha": ["Alphabetic"], "upper": ["Uppercase"], "lower": ["Lowercase"], "punct": ["P"], "digit": ["Nd"],
        "alnum": ["Alphabetic", "Nd"], "word": ["Alphabetic", "M", "Nd", "Pc"],
    ]
}
