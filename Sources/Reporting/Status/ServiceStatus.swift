import SLA

/// What `availd status` says of a service: the running month, and the state now.
public struct ServiceStatus: Sendable {
    /// The running month.
    public let figures: MonthFigures
    /// What is left of the downtime that the month allows.
    public let budget: Budget
    /// The state now.
    public let state: ServiceState
    /// Since when; nil where that is not known.
    public let since: Instant?
    /// When a probe last began; nil where none did.
    public let lastSampleAt: Instant?
    /// Why the last probe was not up; nil where it was.
    public let cause: String?

    /// A status.
    public init(
        figures: MonthFigures, budget: Budget, state: ServiceState, since: Instant?, lastSampleAt: Instant?,
        cause: String?
    ) {
        self.figures = figures
        self.budget = budget
        self.state = state
        self.since = since
        self.lastSampleAt = lastSampleAt
        self.cause = cause
    }
}

/// `availd status` for people and for programs.
public enum StatusDocument {
    /// A table.
    public static func text(_ statuses: [ServiceStatus], under agreement: Agreement) -> String {
        let zone = agreement.calendar.zone
        var table = TextTable([
            ("SERVICE", .left), ("STATE", .left), ("SINCE", .left), ("MONTH", .left), ("AVAILABILITY", .right),
            ("BETWEEN", .right), ("VERDICT", .left), ("DOWN", .right), ("BUDGET LEFT", .right), ("CAUSE", .left),
        ])
        for status in statuses {
            let figures = status.figures
            table.add([
                figures.service.id, status.state.rawValue, status.since.map { RFC3339.text($0, in: zone) } ?? "-",
                figures.month.description, ReportText.percent(figures.availability),
                ReportText.bounds(figures), ReportText.verdict(figures),
                DurationText.spoken(figures.partition.down.length), signed(status.budget.remaining),
                status.cause ?? "",
            ])
        }
        return table.text
    }

    private static func signed(_ duration: Milliseconds) -> String {
        (duration < 0 ? "-" : "") + DurationText.spoken(duration)
    }

    /// The same, and the figures of the report, for programs.
    public static func json(_ statuses: [ServiceStatus], under agreement: Agreement) -> String {
        let zone = agreement.calendar.zone
        func instant(_ instant: Instant?) -> JSONValue { JSONValue(instant.map { RFC3339.text($0, in: zone) }) }
        return JSONValue.list(
            statuses.map { status in
                var members = ReportRow(status.figures, under: agreement).members
                members["state"] = .text(status.state.rawValue)
                members["since"] = instant(status.since)
                members["last_sample_at"] = instant(status.lastSampleAt)
                members["cause"] = JSONValue(status.cause)
                members["budget_allowed_s"] = .number(DurationText.seconds(status.budget.allowed))
                members["budget_remaining_s"] = .number(DurationText.signedSeconds(status.budget.remaining))
                return .object(members)
            }
        ).document
    }
}
