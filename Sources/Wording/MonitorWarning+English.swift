import SLA

extension MonitorWarning {
    /// A line for the log, in English.
    public var english: String {
        switch self {
        case .clockStepped(let step):
            "the clock stepped \(step > 0 ? "forward" : "back") by \(DurationText.spoken(step))"
        case .clockTrust(let change): Self.trust(change)
        case .sight(let warning): warning.english
        case .paidTimeLost(let service, let lost, let zone):
            "\(service): no longer paid for: " + lost.intervals.map { Self.span($0, zone) }.joined(separator: ", ")
        }
    }

    private static func trust(_ change: ClockTrustChange) -> String {
        guard let expected = change.expected else { return "the wall clock is believed" }
        let apart = change.shown - expected
        let found =
            change.isBeforeProgram
            ? "which is before there was this program"
            : "\(DurationText.spoken(apart)) \(apart < 0 ? "behind" : "ahead of") what is known"
        return "the wall clock is doubted: it shows \(RFC3339.text(change.shown, in: .utc)), \(found); what comes with "
            + "an instant waits"
    }

    private static func span(_ span: Interval, _ zone: TimeZoneRules) -> String {
        "from \(RFC3339.text(span.start, in: zone))"
            + (span.end == .distantFuture ? " on" : " to \(RFC3339.text(span.end, in: zone))")
    }
}
