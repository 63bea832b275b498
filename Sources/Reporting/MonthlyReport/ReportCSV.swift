import SLA

/// The monthly report as accountants and scripts take it: RFC 4180, UTF-8, CRLF, one row a service.
public enum ReportCSV {
    /// The columns, in order: a promise to scripts, so it is written out here and held against each row.
    public static let header = [
        "month", "customer", "service", "objective_percent", "availability_percent", "availability_min_percent",
        "availability_max_percent", "verdict", "certainty", "committed_s", "up_s", "down_s", "unmeasured_s",
        "excluded_s", "scheduled_maintenance_s", "emergency_maintenance_s", "suspension_s",
        "customer_misconfiguration_s", "force_majeure_s", "third_party_s", "outages", "transients",
        "longest_outage_s", "credit_percent", "credit_amount", "currency", "as_of",
    ]

    /// The header and a row for each service, sorted by customer, then by service.
    ///
    /// - Parameter hypothesis: what is supposed: then each line says so, in its first cell and in one more behind the
    ///   last, and no program takes it for what was promised.
    public static func text(_ report: MonthlyReport, supposing hypothesis: Hypothesis? = nil) -> String {
        var text = CSVWriter.record(header + (hypothesis == nil ? [] : ["hypothetical"]))
        for figures in report.figures {
            let row = ReportRow(figures, under: report.agreement)
            precondition(row.cells.map(\.column) == header, "a row has the promised columns")
            var cells = row.cells.map(\.cell.shown)
            if let hypothesis {
                cells[0] = "hypothetical \(cells[0])"
                cells.append(hypothesis.description)
            }
            text += CSVWriter.record(cells)
        }
        return text
    }
}
