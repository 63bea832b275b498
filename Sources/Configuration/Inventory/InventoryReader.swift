import Intake

/// Reads an inventory: services as rows of a CSV file, as a billing system exports them. The first row names the
/// columns, see ``InventoryColumn``.
///
/// A row becomes the same tree that YAML would make of it, so that both go through the same rules.
struct InventoryReader {
    let path: String
    /// The place that names the file.
    let place: Field

    /// A service for each row. What is wrong with the file is reported; a row that is no row is passed over.
    func rows() -> [Field] {
        let bytes: [UInt8]
        do {
            bytes = try TextFile.bytes(path)
        } catch {
            place.report("cannot read \(path): \(error.reason)")
            return []
        }
        if let diagnostic = TextFile.misplacedByte(in: bytes, file: path) {
            place.findings.report(diagnostic)
            return []
        }
        return bytes.withUnsafeBytes { buffer in
            // The reader is used up before the bytes go.
            var reader = CSVReader(buffer)
            return rows(&reader)
        }
    }

    private func rows(_ reader: inout CSVReader) -> [Field] {
        guard record(&reader) == true, let columns = header(reader) else {
            if reader.line == 0 {
                report("holds nothing, expected a header with id, customer, paid_from, url and others", line: nil)
            }
            return []
        }
        var rows: [Field] = []
        while let isRecord = record(&reader) {
            guard isRecord else { continue }
            guard reader.count == columns.count else {
                report("found \(reader.count) cells, expected \(columns.count) as in the header", line: reader.line)
                continue
            }
            var row = InventoryRow(line: reader.line)
            for (index, column) in columns.enumerated() { row.add(reader.text(index) ?? "", column: column) }
            rows.append(Field(row.node, file: path, findings: place.findings))
        }
        return rows
    }

    /// Moves to the next record: true where there is one, false where it is malformed, nil at the end.
    private func record(_ reader: inout CSVReader) -> Bool? {
        do {
            return try reader.next() ? true : nil
        } catch {
            report(error.message, line: error.line)
            return false
        }
    }

    /// The names of the columns, or nil where one is wrong: then no row can be trusted.
    private func header(_ reader: CSVReader) -> [String]? {
        var columns: [String] = []
        var isSound = true
        for index in 0..<reader.count {
            let name = reader.text(index) ?? ""
            if InventoryColumn.all[name] == nil {
                isSound = false
                report(
                    "unknown column, expected one of \(InventoryColumn.names.joined(separator: ", "))",
                    line: reader.line, column: name, nearest: nearestName(to: name, among: InventoryColumn.names))
            } else if columns.contains(name) {
                isSound = false
                report("a second column of that name", line: reader.line, column: name)
            }
            columns.append(name)
        }
        if columns.contains("paid"), columns.contains("paid_from") || columns.contains("paid_to") {
            isSound = false
            report("found paid beside paid_from and paid_to, expected either", line: reader.line, column: "paid")
        }
        return isSound ? columns : nil
    }

    private func report(_ message: String, line: Int?, column: String? = nil, nearest: String? = nil) {
        place.findings.report(
            Diagnostic(file: path, line: line, field: column, message: message, nearest: nearest))
    }
}
