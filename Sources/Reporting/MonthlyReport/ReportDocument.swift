import SLA

/// The monthly report.
public struct ReportDocument: Document {
    /// What it shows.
    public let report: MonthlyReport

    /// What is supposed of it; nil where it is so. Every line says it.
    public let hypothesis: Hypothesis?

    /// The document of `report`.
    public init(_ report: MonthlyReport, supposing hypothesis: Hypothesis? = nil) {
        self.report = report
        self.hypothesis = hypothesis
    }

    /// What matters first, in columns.
    public var text: String {
        let text = ReportText.text(report)
        guard let hypothesis else { return text }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return (["as if \(hypothesis)"] + lines).map { line in
            line.isEmpty ? "HYPOTHETICAL\n" : "HYPOTHETICAL  \(line)\n"
        }.joined()
    }
    /// The columns under their names, and what a row has no room for.
    public var json: JSONObject { ReportJSON.object(report, supposing: hypothesis) }
    /// A row a service.
    public var csv: String { ReportCSV.text(report, supposing: hypothesis) }
    /// The exclusions that are not applied.
    public var remarksBesideCSV: [String] {
        ReportText.notices(of: report).map { "\(hypothesis == nil ? "" : "hypothetical: ")not admitted: \($0)" }
    }
}
