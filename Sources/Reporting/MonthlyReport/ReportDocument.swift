import SLA

/// The monthly report.
public struct ReportDocument: Document {
    /// What it shows.
    public let report: MonthlyReport

    /// The document of `report`.
    public init(_ report: MonthlyReport) {
        self.report = report
    }

    /// What matters first, in columns.
    public var text: String { ReportText.text(report) }
    /// The columns under their names, and what a row has no room for.
    public var json: JSONObject { ReportJSON.object(report) }
    /// A row a service.
    public var csv: String { ReportCSV.text(report) }
    /// The exclusions that are not applied.
    public var remarksBesideCSV: [String] { ReportText.notices(of: report).map { "not admitted: \($0)" } }
}
