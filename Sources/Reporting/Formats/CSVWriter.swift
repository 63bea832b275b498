/// Writes RFC 4180: CRLF, quotes where they are needed, and no cell that a spreadsheet would run.
public enum CSVWriter {
    static func record(_ cells: some Sequence<String>) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    /// A table of `rows` under `header`.
    public static func table(_ header: [String], _ rows: [[String]]) -> String {
        ([header] + rows).map(record).joined()
    }

    /// A table of `rows` under `header`; a number is no formula, also below zero.
    static func table(_ header: [String], cells rows: [[ReportRow.Cell]]) -> String {
        record(header)
            + rows.map { row in
                row.map { value in
                    if case .number(let digits) = value { digits } else { cell(value.shown) }
                }.joined(separator: ",") + "\r\n"
            }.joined()
    }

    private static func cell(_ text: String) -> String {
        let harmless = isFormula(text) ? "'" + text : text
        let needsQuotes = harmless.utf8.contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
        }
        guard needsQuotes else { return harmless }
        // By scalars: a mark behind a quote would make another character of it.
        var quoted = "\""
        for scalar in harmless.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// Whether a spreadsheet would take `text` for a formula (OWASP, "CSV Injection").
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return "=+-@\t\r\n".utf8.contains(first)
    }
}
