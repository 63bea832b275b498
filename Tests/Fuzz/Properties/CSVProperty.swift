import Intake

/// Every record is on its line, the reading ends, and what is written by the rules comes back.
enum CSVProperty {
    static func check(_ bytes: UnsafeRawBufferPointer) throws {
        let records = try records(bytes)
        let written = Array(records.map(line).joined().utf8)
        let again = try written.withUnsafeBytes { try self.records($0) }
        try demand(again == records, "\(records) came back as \(again)")
    }

    /// The well-formed records, as the bytes of their fields.
    private static func records(_ bytes: UnsafeRawBufferPointer) throws -> [[[UInt8]]] {
        var reader = CSVReader(bytes)
        var records: [[[UInt8]]] = []
        while true {
            let before = reader.bytesRead
            do {
                let isRecord = try reader.next()
                try demand(isRecord || reader.bytesRead == bytes.count, "ended before the end")
                guard isRecord else { return records }
            } catch let malformed as CSVReader.Malformed {
                try demandLine(malformed.line, of: bytes, from: before)
                try demand(reader.bytesRead > before, "stands still")
                continue
            }
            try demandLine(reader.line, of: bytes, from: before)
            try demand(reader.bytesRead > before, "stands still")
            try demand(reader.count > 0, "a record without fields")
            let texts = (0..<reader.count).map { reader.text($0) }
            // What is not UTF-8 is no text to write again.
            if !texts.contains(nil) { records.append(texts.compactMap { $0.map { Array($0.utf8) } }) }
        }
    }

    private static func demandLine(_ line: Int, of bytes: UnsafeRawBufferPointer, from before: Int) throws {
        var start = before
        while start < bytes.count, bytes[start...].starts(with: "\n".utf8) || bytes[start...].starts(with: "\r\n".utf8)
        {
            start += 1
        }
        let expected = 1 + Located.lineFeeds(bytes, before: start)
        try demand(line == expected, "line \(line), expected \(expected)")
    }

    /// `record` by RFC 4180, byte by byte.
    private static func line(_ record: [[UInt8]]) -> String {
        record.map { field in
            let doubled = field.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
            return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
        }.joined(separator: ",") + "\r\n"
    }
}
