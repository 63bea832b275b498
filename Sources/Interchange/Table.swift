import Intake
import SLA

/// A CSV file whose columns are found by their names, and the mistakes found in it so far.
struct Table {
    let file: String
    private(set) var reader: CSVReader
    private(set) var mistakes = DiagnosticList()
    private var columns: [String: Int] = [:]
    private var width = 0

    /// A column of a table, by the place it has in the header.
    typealias Column = Int

    /// Reads the header.
    ///
    /// - Parameter others: whether columns of other names are passed over.
    /// - Throws: ``Diagnostics`` where the file cannot be read without one: it is empty, or a column is
    ///   missing, unknown, or named twice.
    init(
        _ bytes: UnsafeRawBufferPointer, file: String, required: [String], optional: [String],
        allowingOthers others: Bool = false
    ) throws(Diagnostics) {
        self.file = file
        reader = CSVReader(bytes)
        let expected = required.joined(separator: ",")
        var hasHeader = false
        do {
            hasHeader = try reader.next()
        } catch {
            throw Diagnostics([Diagnostic(file: file, line: error.line, message: error.message)])
        }
        guard hasHeader else {
            throw Diagnostics([Diagnostic(file: file, message: "the file is empty, expected the header \(expected)")])
        }
        readHeader(known: required + optional, allowingOthers: others)
        for name in required where columns[name] == nil {
            report(line: reader.line, name, "the column is missing, expected the header \(expected)")
        }
        try mistakes.check()
    }

    private mutating func readHeader(known: [String], allowingOthers: Bool) {
        width = reader.count
        for column in 0..<width {
            let name = reader.text(column) ?? ""
            if !known.contains(name) {
                if allowingOthers { continue }
                report(
                    line: reader.line, nil,
                    "unknown column \(Diagnostic.quoted(name)), expected \(known.joined(separator: ", "))",
                    nearest: nearestName(to: name, among: known))
            } else if columns.updateValue(column, forKey: name) != nil {
                report(line: reader.line, name, "the column is named twice")
            }
        }
    }

    /// The place of `name` in each record, or nil where the header does not have it.
    func column(_ name: String) -> Column? { columns[name] }

    /// Moves to the next record of the right width; false at the end. The others are reported.
    mutating func next() -> Bool {
        while true {
            do {
                guard try reader.next() else { return false }
                if reader.count == width { return true }
                report(line: reader.line, nil, "\(reader.count) fields, expected \(width)")
            } catch {
                report(line: error.line, nil, error.message)
            }
        }
    }

    /// The text of a field of the current record; empty where the header does not have the column. A field
    /// that is not UTF-8 is reported, and nil.
    mutating func text(_ name: String) -> String? {
        guard let column = columns[name] else { return "" }
        if let text = reader.text(column) { return text }
        report(line: reader.line, name, "not UTF-8")
        return nil
    }

    /// The same without the apostrophe that a writer of CSV puts before what a spreadsheet would run.
    mutating func unguardedText(_ name: String) -> String? {
        let text = text(name)
        // By bytes: a line end of two is one character.
        guard let bytes = text?.utf8, bytes.first == UInt8(ascii: "'"), let guarded = bytes.dropFirst().first,
            "=+-@\t\r\n".utf8.contains(guarded)
        else { return text }
        return String(decoding: bytes.dropFirst(), as: UTF8.self)
    }

    /// Reports a mistake in the current record.
    mutating func report(_ field: String?, _ message: String, nearest: String? = nil) {
        report(line: reader.line, field, message, nearest: nearest)
    }

    /// The same on another line.
    mutating func report(line: Int, _ field: String?, _ message: String, nearest: String? = nil) {
        mistakes.add(Diagnostic(file: file, line: line, field: field, message: message, nearest: nearest))
    }

    /// Throws what was found wrong, all at once.
    func check() throws(Diagnostics) {
        try mistakes.check()
    }
}
