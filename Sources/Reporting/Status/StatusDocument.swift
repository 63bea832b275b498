import SLA
import Wording

/// The running month of services, and their state now.
public struct StatusDocument: Document {
    private let statuses: [ServiceStatus]
    private let agreement: Agreement
    private let sight: [SightStatus]

    /// The document of `statuses`, and of what the monitor itself sees.
    public init(_ statuses: [ServiceStatus], under agreement: Agreement, sight: [SightStatus] = []) {
        self.statuses = statuses
        self.sight = sight
        self.agreement = agreement
    }

    private var zone: TimeZoneRules { agreement.calendar.zone }

    /// A table, and a line about the monitor itself where it asks references.
    public var text: String {
        var table = TextTable([
            ("SERVICE", .left), ("STATE", .left), ("SINCE", .left), ("MONTH", .left), ("MEASURED", .left),
            ("AVAILABILITY", .right), ("BETWEEN", .right), ("VERDICT", .left), ("DOWN", .right),
            ("BUDGET LEFT", .right), ("CAUSE", .left),
        ])
        for status in statuses {
            let figures = status.figures
            table.add([
                figures.service.id, status.state.rawValue, status.since.map { RFC3339.text($0, in: zone) } ?? "-",
                figures.month.description, measured(figures), ReportText.percent(figures.availability),
                ReportText.bounds(figures), ReportText.verdict(figures),
                DurationText.spoken(figures.partition.down.length), signed(status.budget.remaining),
                status.cause?.english ?? "",
            ])
        }
        if sight.isEmpty { return table.text }
        return table.text + "sight: " + sight.map { $0.text(in: zone) }.joined(separator: ", ") + "\n"
    }

    /// `2.7 s of 25 d`: what was measured, of what counts so far. Before any percentage, as that rests on it.
    private func measured(_ figures: MonthFigures) -> String {
        let partition = figures.partition
        let counted = partition.committed.length - partition.excludedLength
        return "\(DurationText.spoken(measuredLength(figures))) of \(DurationText.spoken(counted))"
    }

    private func measuredLength(_ figures: MonthFigures) -> Milliseconds {
        figures.partition.up.length + figures.partition.down.length
    }

    private func signed(_ duration: Milliseconds) -> String {
        (duration < 0 ? "-" : "") + DurationText.spoken(duration)
    }

    /// The same, and the figures of the report.
    public var json: JSONObject {
        let services = statuses.map { status in
            JSONValue.object(
                Dictionary(
                    cells(status).map { ($0.column, JSONValue($0.cell)) }, uniquingKeysWith: { first, _ in first }))
        }
        return JSONObject(
            "status", ["services": .list(services), "sight_domains": .list(sight.map { $0.json(in: zone) })])
    }

    /// The report's columns, and behind them those of the state.
    public var csv: String {
        CSVWriter.table(
            ReportCSV.header + Self.columns, cells: statuses.map { status in cells(status).map(\.cell) })
    }

    private static let columns = [
        "state", "since", "last_sample_at", "cause", "budget_allowed_s", "budget_remaining_s", "measured_s",
    ]

    private func cells(_ status: ServiceStatus) -> [(column: String, cell: ReportRow.Cell)] {
        let state: [ReportRow.Cell] = [
            .text(status.state.rawValue), .instant(status.since, zone), .instant(status.lastSampleAt, zone),
            ReportRow.Cell(status.cause?.english), .number(DurationText.seconds(status.budget.allowed)),
            .number(DurationText.signedSeconds(status.budget.remaining)),
            .number(DurationText.seconds(measuredLength(status.figures))),
        ]
        return ReportRow(status.figures, under: agreement).cells
            + zip(Self.columns, state).map { (column: $0, cell: $1) }
    }
}
