import Intake
import SLA

extension ReportTable {
    /// The cells of a report's bytes; nil where they are no CSV.
    public init?(csv: [UInt8]) {
        let rows = csv.withUnsafeBytes { bytes in
            var reader = CSVReader(bytes)
            var rows: [[String]] = []
            while (try? reader.next()) == true { rows.append((0..<reader.count).map { reader.text($0) ?? "" }) }
            return rows
        }
        guard let columns = rows.first else { return nil }
        self.init(columns: columns, rows: Array(rows.dropFirst()))
    }

    /// What was measured of each service's month, and of how much, in ms, as the rows say it; those that do not are left
    /// out.
    var measured: [(service: String, measured: Milliseconds, measurable: Milliseconds)] {
        func index(_ column: String) -> Int? { columns.firstIndex(of: column) }
        guard let service = index("service"), let up = index("up_s"), let down = index("down_s"),
            let committed = index("committed_s"), let excluded = index("excluded_s")
        else { return [] }
        return rows.compactMap { row in
            // Seconds with three decimals.
            let lengths = [up, down, committed, excluded].compactMap { column -> Milliseconds? in
                row.indices.contains(column) ? Milliseconds(row[column].replacing(".", with: "")) : nil
            }
            guard lengths.count == 4 else { return nil }
            return (row[service], lengths[0] + lengths[1], lengths[2] - lengths[3])
        }
    }
}
