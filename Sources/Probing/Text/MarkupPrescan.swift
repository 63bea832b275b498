/// Looks for the encoding that a document of HTML or XML declares in its first bytes, as the HTML standard has it
/// ("prescan a byte stream to determine its encoding"). Pure.
struct MarkupPrescan {
    private let bytes: [UInt8]
    private var place = 0

    /// The encoding that the beginning of a document declares; nil where it declares none that browsers know.
    static func encoding(_ bytes: [UInt8]) -> TextEncoding? {
        var scan = MarkupPrescan(bytes: bytes)
        return scan.xmlEncoding() ?? scan.metaEncoding()
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private func starts(with text: StaticString, at index: Int) -> Bool {
        guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { word in
            word.indices.allSatisfy { Self.lowered(bytes[index + $0]) == word[$0] }
        }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x09, 0x0A, 0x0C, 0x0D, 0x20].contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(lowered(byte)) }

    /// What `<?xml … encoding="…"` at the very beginning says.
    private func xmlEncoding() -> TextEncoding? {
        guard starts(with: "<?xml", at: 0), let end = bytes.firstIndex(of: UInt8(ascii: ">")) else { return nil }
        guard var index = (0..<end).first(where: { starts(with: "encoding", at: $0) }).map({ $0 + 8 }) else {
            return nil
        }
        while index < end, Self.isSpace(bytes[index]) || bytes[index] == UInt8(ascii: "=") { index += 1 }
        guard index < end, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[index]) else { return nil }
        let quote = bytes[index]
        guard let close = bytes[(index + 1)..<end].firstIndex(of: quote) else { return nil }
        return EncodingLabel.encoding(String(decoding: bytes[(index + 1)..<close], as: UTF8.self))
    }

    private mutating func metaEncoding() -> TextEncoding? {
        place = 0
        while place < bytes.count {
            if starts(with: "<!--", at: place) {
                // The two dashes of its beginning may be those of its end.
                place += 2
                while place < bytes.count, !starts(with: "-->", at: place) { place += 1 }
                place += 3
            } else if starts(with: "<meta", at: place), place + 5 < bytes.count,
                Self.isSpace(bytes[place + 5]) || bytes[place + 5] == UInt8(ascii: "/")
            {
                place += 5
                if let found = meta() { return found }
            } else if isTag(at: place) {
                while place < bytes.count, !Self.isSpace(bytes[place]), bytes[place] != UInt8(ascii: ">") { place += 1 }
                while attribute() != nil {}
            } else if ["<!", "</", "<?"].contains(where: { starts(with: $0, at: place) }) {
                while place < bytes.count, bytes[place] != UInt8(ascii: ">") { place += 1 }
            } else {
                place += 1
            }
        }
        return nil
    }

    private func isTag(at index: Int) -> Bool {
        guard bytes[index] == UInt8(ascii: "<"), index + 1 < bytes.count else { return false }
        if Self.isLetter(bytes[index + 1]) { return true }
        return bytes[index + 1] == UInt8(ascii: "/") && index + 2 < bytes.count && Self.isLetter(bytes[index + 2])
    }

    /// What the attributes of a `<meta` say together.
    private mutating func meta() -> TextEncoding? {
        var names: Set<String> = []
        var isContentType = false
        var isFromContent: Bool?
        var label: String?
        while let (name, value) = attribute() {
            guard names.insert(name).inserted else { continue }
            switch name {
            case "http-equiv": isContentType = value == "content-type"
            case "content":
                if label == nil, let found = Self.charset(in: value) { (label, isFromContent) = (found, true) }
            case "charset": (label, isFromContent) = (value, false)
            default: break
            }
        }
        // What is not there to its end says nothing: there may be more of it.
        guard let label, place < bytes.count, isFromContent == false || isContentType else { return nil }
        return EncodingLabel.encoding(label)
    }

    /// The next attribute of a tag, both in lower case; nil at the tag's end.
    private mutating func attribute() -> (name: String, value: String)? {
        func at(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
        while let byte = at(place), Self.isSpace(byte) || byte == UInt8(ascii: "/") { place += 1 }
        guard let first = at(place), first != UInt8(ascii: ">") else { return nil }
        let name = word { byte, isFirst in
            byte == UInt8(ascii: "=") && !isFirst || Self.isSpace(byte) || byte == UInt8(ascii: "/")
                || byte == UInt8(ascii: ">")
        }
        while let byte = at(place), Self.isSpace(byte) { place += 1 }
        guard at(place) == UInt8(ascii: "=") else { return (name, "") }
        place += 1
        while let byte = at(place), Self.isSpace(byte) { place += 1 }
        guard let quote = at(place), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return (name, word { byte, _ in Self.isSpace(byte) || byte == UInt8(ascii: ">") })
        }
        place += 1
        let value = word { byte, _ in byte == quote }
        place += 1
        return (name, value)
    }

    /// What comes before the first byte that `isEnd`, in lower case.
    private mutating func word(_ isEnd: (UInt8, _ isFirst: Bool) -> Bool) -> String {
        let start = place
        while place < bytes.count, !isEnd(bytes[place], place == start) { place += 1 }
        return String(decoding: bytes[start..<place].map(Self.lowered), as: UTF8.self)
    }

    /// The label behind `charset=` in a `content`.
    private static func charset(in content: String) -> String? {
        var rest = content[...]
        while let found = rest.firstRange(of: "charset") {
            rest = rest[found.upperBound...].drop(while: \.isWhitespace)
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst().drop(while: \.isWhitespace)
            if let quote = rest.first, quote == "\"" || quote == "'" {
                rest = rest.dropFirst()
                return rest.firstIndex(of: quote).map { String(rest[..<$0]) }
            }
            return String(rest.prefix { !$0.isWhitespace && $0 != ";" })
        }
        return nil
    }
}
