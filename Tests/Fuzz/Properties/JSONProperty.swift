import Intake

/// What is read as a tree and written again is the same tree; passing over a value ends where reading it does, on the
/// line where that is.
enum JSONProperty {
    private indirect enum Value: Hashable {
        case object([Member])
        case array([Value])
        case string([UInt8])
        /// Numbers and words, as they stand.
        case word([UInt8])
    }

    private struct Member: Hashable {
        let name: [UInt8]
        let value: Value
    }

    static func check(_ bytes: UnsafeRawBufferPointer) throws {
        guard let (value, scanner) = try read(bytes) else { return }
        var skipping = JSONScanner(bytes)
        try skipping.skip()
        try demand(skipping.bytesRead == scanner.bytesRead, "skips to \(skipping.bytesRead) of \(scanner.bytesRead)")
        try demand(skipping.line == scanner.line, "skips to line \(skipping.line) of \(scanner.line)")
        let written = text(value)
        let again = try written.withUnsafeBytes { try read($0)?.value }
        try demand(again == value, "\(value) came back as \(String(describing: again))")
    }

    /// The first value, and the scanner behind it; nil where there is none.
    private static func read(_ bytes: UnsafeRawBufferPointer) throws -> (value: Value, scanner: JSONScanner)? {
        var scanner = JSONScanner(bytes)
        do {
            let value = try value(&scanner)
            let line = 1 + Located.lineFeeds(bytes, before: scanner.bytesRead)
            try demand(scanner.line == line, "line \(scanner.line), expected \(line)")
            return (value, scanner)
        } catch let malformed as JSONScanner.Malformed {
            try demand((1...Located.lines(bytes)).contains(malformed.line), "no such line: \(malformed)")
            return nil
        }
    }

    private static func value(_ scanner: inout JSONScanner) throws -> Value {
        switch try scanner.kind() {
        case .object:
            var members: [Member] = []
            try scanner.members { name, scanner in
                members.append(Member(name: Array(name.utf8), value: try value(&scanner)))
            }
            return .object(members)
        case .array:
            var elements: [Value] = []
            try scanner.elements { _, scanner in elements.append(try value(&scanner)) }
            return .array(elements)
        case .string: return .string(Array(try scanner.text().utf8))
        case .number: return .word(try scanner.rawScalar().map { Array($0) } ?? [])
        case .flag, .null:
            // Which of the three words it is, no reader asks.
            try scanner.skip()
            return .word(Array("null".utf8))
        }
    }

    private static func text(_ value: Value) -> [UInt8] {
        switch value {
        case .object(let members):
            enclosed("{", members.map { quoted($0.name) + Array(":".utf8) + text($0.value) }, "}")
        case .array(let elements): enclosed("[", elements.map(text), "]")
        case .string(let bytes): quoted(bytes)
        case .word(let bytes): bytes
        }
    }

    private static func enclosed(_ start: String, _ parts: [[UInt8]], _ end: String) -> [UInt8] {
        Array(start.utf8) + parts.joined(separator: ",".utf8) + Array(end.utf8)
    }

    private static func quoted(_ bytes: [UInt8]) -> [UInt8] {
        let escaped = bytes.flatMap { byte in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
            case 0..<0x20: Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
            default: [byte]
            }
        }
        return enclosed("\"", [escaped], "\"")
    }
}
