/// Reads RFC 4180 records out of bytes, one at a time, without copying them.
///
/// Lines may end in LF or CRLF; empty lines and a UTF-8 byte order mark at the very beginning are passed over.
/// Columns are looked at in place, so a record's fields are valid until the next call of ``next()``.
///
/// Safety: the reader keeps `bytes` without owning them. Whoever makes a reader keeps the memory alive and
/// unchanged as long as the reader is used; all readers here live inside one `withUnsafeBytes`.
public struct CSVReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private var nextLine = 1
    private var fields: [Field] = []

    /// The line on which the current record begins, from 1.
    public private(set) var line = 0

    private struct Field {
        var start: Int
        var end: Int
        /// Whether a quote inside is written twice.
        var hasDoubledQuotes: Bool
    }

    /// A record that is not RFC 4180. The reader goes on with the line after it.
    public struct Malformed: Error, Sendable {
        /// The line on which the record begins.
        public let line: Int
        /// What is wrong with it.
        public let message: String
    }

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// A reader at the beginning of `bytes`.
    public init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    }

    /// The number of fields of the current record.
    public var count: Int { fields.count }

    /// How many bytes have been read: the progress of a long reading.
    public var bytesRead: Int { position }

    /// The bytes of a field of the current record, as they stand in the file: where ``isVerbatim(_:)`` is
    /// false, each quote inside is still written twice.
    @inline(__always)
    public func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[fields[column].start..<fields[column].end])
    }

    /// Whether a field's bytes are its text.
    func isVerbatim(_ column: Int) -> Bool { !fields[column].hasDoubledQuotes }

    /// The text of a field of the current record, or nil where it is not UTF-8.
    public func text(_ column: Int) -> String? {
        let bytes = bytes(column)
        guard !isVerbatim(column) else { return String(validating: bytes, as: UTF8.self) }
        // By bytes: a mark behind a quote would make one character of the two. Inside, quotes come in pairs only.
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var isSecond = false
        for byte in bytes {
            isSecond = byte == Self.quote && !isSecond
            if byte != Self.quote || isSecond { plain.append(byte) }
        }
        return String(validating: plain, as: UTF8.self)
    }

    /// Moves to the next record; false where there is none.
    ///
    /// - Throws: ``Malformed`` for a record that is not RFC 4180; the next call goes on behind its first line.
    public mutating func next() throws(Malformed) -> Bool {
        skipEmptyLines()
        fields.removeAll(keepingCapacity: true)
        guard position < bytes.count else { return false }
        line = nextLine
        while true {
            let isQuoted = position < bytes.count && bytes[position] == Self.quote
            if try isQuoted ? quotedField() : plainField() { return true }
        }
    }

    private mutating func skipEmptyLines() {
        while position < bytes.count {
            if bytes[position] == Self.lineFeed {
                position += 1
            } else if bytes[position] == Self.carriageReturn, position + 1 < bytes.count,
                bytes[position + 1] == Self.lineFeed
            {
                position += 2
            } else {
                return
            }
            nextLine += 1
        }
    }

    /// Reads up to the next comma or line end; whether it was the record's last field.
    private mutating func plainField() throws(Malformed) -> Bool {
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == Self.comma {
                fields.append(Field(start: start, end: position, hasDoubledQuotes: false))
                position += 1
                return false
            }
            if byte == Self.lineFeed {
                let isCRLF = position > start && bytes[position - 1] == Self.carriageReturn
                fields.append(Field(start: start, end: isCRLF ? position - 1 : position, hasDoubledQuotes: false))
                position += 1
                nextLine += 1
                return true
            }
            if byte == Self.quote { throw malformed("a quote inside a field that does not begin with one") }
            position += 1
        }
        fields.append(Field(start: start, end: position, hasDoubledQuotes: false))
        return true
    }

    /// Reads a field in quotes, which may hold commas, line ends and doubled quotes.
    private mutating func quotedField() throws(Malformed) -> Bool {
        let start = position + 1
        let lineOfQuote = nextLine
        var field = Field(start: start, end: start, hasDoubledQuotes: false)
        position = start
        while position < bytes.count {
            let byte = bytes[position]
            if byte == Self.lineFeed { nextLine += 1 }
            guard byte == Self.quote else {
                position += 1
                continue
            }
            if position + 1 < bytes.count, bytes[position + 1] == Self.quote {
                field.hasDoubledQuotes = true
                position += 2
                continue
            }
            field.end = position
            fields.append(field)
            position += 1
            return try endOfQuotedField()
        }
        // Go on behind the line that opened the quote: the rest of the file may be sound.
        position = start
        nextLine = lineOfQuote
        throw malformed("a quote is opened and never closed")
    }

    private mutating func endOfQuotedField() throws(Malformed) -> Bool {
        guard position < bytes.count else { return true }
        if bytes[position] == Self.comma {
            position += 1
            return false
        }
        if bytes[position] == Self.carriageReturn, position + 1 < bytes.count, bytes[position + 1] == Self.lineFeed {
            position += 1
        }
        guard bytes[position] == Self.lineFeed else { throw malformed("text behind a closing quote") }
        position += 1
        nextLine += 1
        return true
    }

    /// Moves behind the current line, so that the reading can go on, and says what was wrong.
    private mutating func malformed(_ message: String) -> Malformed {
        while position < bytes.count, bytes[position] != Self.lineFeed { position += 1 }
        if position < bytes.count {
            position += 1
            nextLine += 1
        }
        fields.removeAll(keepingCapacity: true)
        return Malformed(line: line, message: message)
    }
}
