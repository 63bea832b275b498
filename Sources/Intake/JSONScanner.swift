/// Reads JSON (RFC 8259) out of bytes, a value at a time, without building a tree: a file of millions of samples
/// takes no more memory than its samples.
///
/// A scanner is a value: a copy stays where it was, so that a member of an object can be looked at again.
///
/// Safety: the scanner keeps `bytes` without owning them. Whoever makes a scanner keeps the memory alive and
/// unchanged as long as the scanner or a copy is used; all scanners here live inside one `withUnsafeBytes`.
public struct JSONScanner {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private var depth = 0

    /// The line of the value that comes next, from 1.
    public private(set) var line = 1

    /// What a value is.
    public enum Kind: Hashable, Sendable {
        case object, array, string, number, flag, null
    }

    /// Text that is not JSON.
    public struct Malformed: Error, Hashable, Sendable {
        /// The line, from 1.
        public let line: Int
        /// What is wrong: what was found, and what was expected.
        public let message: String
    }

    /// How deep values may be nested: real exports have a handful of levels, and a hostile one must not take the stack.
    private static let deepest = 64

    /// A scanner before the first value of `bytes`; a UTF-8 byte order mark is passed over.
    public init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    }

    /// How many bytes have been read: the progress of a long reading.
    public var bytesRead: Int { position }

    // MARK: - Values

    /// What the next value is.
    public mutating func kind() throws(Malformed) -> Kind {
        // A NUL is no value either.
        switch next() ?? 0 {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .flag
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw unexpected("a value")
        }
    }

    /// Gives `body` each member of the object that comes next: it reads or skips the value.
    public mutating func members(_ body: (String, inout JSONScanner) throws -> Void) throws {
        try open("{", "an object")
        if take("}") { return }
        repeat { try body(try name(), &self) } while take(",")
        guard take("}") else { throw unexpected("\",\" or \"}\"") }
    }

    /// Gives `body` each element of the array that comes next, with its index: it reads or skips the value.
    public mutating func elements(_ body: (Int, inout JSONScanner) throws -> Void) throws {
        guard try enterArray() else { return }
        var index = 0
        repeat {
            _ = next()
            try body(index, &self)
            index += 1
        } while take(",")
        guard take("]") else { throw unexpected("\",\" or \"]\"") }
    }

    /// The name of the first member of the object that comes next, before whose value the scanner then stands; nil where
    /// there is none.
    public mutating func firstName() throws(Malformed) -> String? {
        try open("{", "an object")
        return take("}") ? nil : try name()
    }

    /// Moves before the first element of the array that comes next; whether there is one.
    public mutating func enterArray() throws(Malformed) -> Bool {
        try open("[", "an array")
        return !take("]")
    }

    /// The members of the object that comes next, each as a scanner before its value; a name that is there twice
    /// means the last.
    public mutating func object() throws -> [String: JSONScanner] {
        var found: [String: JSONScanner] = [:]
        try members { name, scanner in
            found[name] = scanner
            try scanner.skip()
        }
        return found
    }

    /// The text of the string that comes next.
    public mutating func text() throws(Malformed) -> String {
        let raw = try rawString()
        guard let text = String(validating: raw.bytes, as: UTF8.self) else { throw malformed("not UTF-8") }
        return raw.isEscaped ? try unescaped(text) : text
    }

    /// The text of the string, or the digits of the number, that comes next; nil where it is something else, which
    /// is passed over.
    public mutating func scalar() throws -> String? {
        switch try kind() {
        case .string: return try text()
        case .number: return String(decoding: try word(), as: UTF8.self)
        default:
            try skip()
            return nil
        }
    }

    /// The bytes of the string or the number that comes next, as they stand in the file, without quotes and with
    /// escapes; nil where it is something else, which is passed over. Valid as long as the file's bytes are.
    public mutating func rawScalar() throws -> UnsafeRawBufferPointer? {
        switch try kind() {
        case .string: return try rawString().bytes
        case .number: return try word()
        default:
            try skip()
            return nil
        }
    }

    /// Passes over the value that comes next, whatever it is.
    public mutating func skip() throws {
        switch try kind() {
        case .object: try members { _, scanner in try scanner.skip() }
        case .array: try elements { _, scanner in try scanner.skip() }
        case .string: _ = try rawString()
        case .number: _ = try word()
        case .flag, .null:
            let found = try word()
            guard ["true", "false", "null"].contains(where: { found.elementsEqual($0.utf8) }) else {
                throw malformed("found \(Diagnostic.quoted(String(decoding: found, as: UTF8.self))), expected a value")
            }
        }
    }

    /// Makes sure that nothing but space is left.
    public mutating func end() throws(Malformed) {
        if next() != nil { throw unexpected("the end of the file") }
    }

    // MARK: - Tokens

    /// The first byte that is no space, to which the scanner moves; nil at the end.
    private mutating func next() -> UInt8? {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
            default: return byte
            }
            position += 1
        }
        return nil
    }

    /// Moves behind `mark` where it is next; whether it was.
    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard next() == UInt8(ascii: mark) else { return false }
        position += 1
        // Every container is closed by a mark, and by nothing else.
        if mark == "}" || mark == "]" { depth -= 1 }
        return true
    }

    /// A member's name, behind which the scanner stands before its value.
    private mutating func name() throws(Malformed) -> String {
        guard next() == UInt8(ascii: "\"") else { throw unexpected("a member's name in quotes") }
        let name = try text()
        guard take(":") else { throw unexpected("\":\" behind a member's name") }
        // So that the line is the value's, and not that of the space before it.
        _ = next()
        return name
    }

    private mutating func open(_ mark: Unicode.Scalar, _ what: String) throws(Malformed) {
        guard take(mark) else { throw unexpected(what) }
        depth += 1
        if depth > Self.deepest { throw malformed("nested deeper than \(Self.deepest) levels") }
    }

    /// The bytes up to the next mark or space: a number, `true`, `false`, `null`, or none of these.
    private mutating func word() throws(Malformed) -> UnsafeRawBufferPointer {
        let start = position
        while position < bytes.count, !" \t\r\n,:[]{}\"".utf8.contains(bytes[position]) { position += 1 }
        if position == start { throw unexpected("a value") }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    private mutating func rawString() throws(Malformed) -> (bytes: UnsafeRawBufferPointer, isEscaped: Bool) {
        guard next() == UInt8(ascii: "\"") else { throw unexpected("a text in quotes") }
        let start = position + 1
        var isEscaped = false
        position = start
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return (UnsafeRawBufferPointer(rebasing: bytes[start..<position - 1]), isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                position += 1
                // A line end is no escape, and is counted nowhere else.
                if position < bytes.count, bytes[position] >= 0x20 { position += 1 }
            case 0..<0x20:
                throw malformed("a control character inside a text")
            default:
                position += 1
            }
        }
        position = bytes.count
        throw malformed("a text is opened and never closed")
    }

    private func unescaped(_ text: String) throws(Malformed) -> String {
        var units: [UInt16] = []
        var rest = Array(text.utf16)[...]
        while let unit = rest.popFirst() {
            guard unit == 0x5C else {
                units.append(unit)
                continue
            }
            let escape = rest.popFirst().flatMap(Unicode.Scalar.init) ?? " "
            switch escape {
            case "\"", "\\", "/": units.append(UInt16(escape.value))
            case "b": units.append(0x08)
            case "f": units.append(0x0C)
            case "n": units.append(0x0A)
            case "r": units.append(0x0D)
            case "t": units.append(0x09)
            case "u":
                let digits = String(decoding: rest.prefix(4), as: UTF16.self)
                guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), let unit = UInt16(digits, radix: 16)
                else { throw malformed("\\u without four hexadecimal digits") }
                units.append(unit)
                rest = rest.dropFirst(4)
            default: throw malformed("unknown escape \\\(escape)")
            }
        }
        return String(decoding: units, as: UTF16.self)
    }

    // MARK: - Mistakes

    private mutating func unexpected(_ what: String) -> Malformed {
        guard next() != nil else { return malformed("the file ends here, expected \(what)") }
        let found = String(decoding: bytes[position..<min(position + 20, bytes.count)], as: UTF8.self)
        return malformed("found \(Diagnostic.quoted(found)), expected \(what)")
    }

    private func malformed(_ message: String) -> Malformed {
        Malformed(line: line, message: message)
    }
}
