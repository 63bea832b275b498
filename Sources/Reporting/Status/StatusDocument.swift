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
                figures.period.description, MeasuredText.share(figures), ReportText.percent(figures.availability),
                ReportText.bounds(figures), ReportText.verdict(figures),
                DurationText.spoken(figures.partition.down.length), signed(status.budget.remaining),
                status.cause?.english ?? "",
            ])
        }
        let text = table.text + statuses.flatMap(watched).map { $0 + "\n" }.joined()
        if sight.isEmpty { return text }
        return text + "sight: " + sight.map { $0.text(in: zone) }.joined(separator: ", ") + "\n"
    }

    /// The checks that are in no figure and fail, a line each: another way to a service that may be up all the same.
    private func watched(_ status: ServiceStatus) -> [String] {
        status.watched.map { check in
            "\(status.figures.service.id), check \(check.check) (counts: false): down at "
                + RFC3339.text(check.at, in: zone) + (check.cause.map { ": \($0.english)" } ?? "")
        }
    }

    private func signed(_ duration: Milliseconds) -> String {
        (duration < 0 ? "-" : "") + DurationText.spoken(duration)
    }

    /// The same, and the figures of the report.
    public var json: JSONObject {
        let services = statuses.map { status in
            var members = Dictionary(
                cells(status).map { ($0.column, JSONValue($0.cell)) }, uniquingKeysWith: { first, _ in first })
            members.merge(MeasuredText.members(status.figures, in: zone)) { own, _ in own }
            members["failing_watched_checks"] = .list(
                status.watched.map { check in
                    .object([
                        "check": .text(check.check), "at": .instant(check.at, zone),
                        "cause": JSONValue(check.cause?.english),
                    ])
                })
            return JSONValue.object(members)
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
            .number(DurationText.seconds(status.figures.measured)),
        ]
        return ReportRow(status.figures, under: agreement).cells
            + zip(Self.columns, state).map { (column: $0, cell: $1) }
    }
}
