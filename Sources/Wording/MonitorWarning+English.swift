import SLA

extension MonitorWarning {
    /// A line for the log, in English.
    public var english: String {
        switch self {
        case .clockStepped(let step): Self.clockStep(step)
        case .sight(let warning): warning.english
        case .paidTimeLost(let service, let lost, let zone):
            "\(service): no longer paid for: " + lost.intervals.map { Self.span($0, zone) }.joined(separator: ", ")
        }
    }

    /// That the wall clock stepped by `step` ms, as it is also kept with the daemon's events.
    public static func clockStep(_ step: Milliseconds) -> String {
        "the clock stepped \(step > 0 ? "forward" : "back") by \(DurationText.spoken(step))"
    }

    private static func span(_ span: Interval, _ zone: TimeZoneRules) -> String {
        "from \(RFC3339.text(span.start, in: zone))"
            + (span.end == .distantFuture ? " on" : " to \(RFC3339.text(span.end, in: zone))")
    }
}
