/// Whether the monitor itself can see: it announces the loss of its sight once, and its return once.
public struct MeasurementWatch: Hashable, Sendable {
    /// What can take its sight.
    public enum Fault: String, CaseIterable, Hashable, Sendable {
        /// Samples cannot be made durable.
        case ledger
        /// Probes cannot tell: every one of a whole round ended as `unknown`.
        case probing
    }

    private var faults: [Fault: String] = [:]
    private var lostAt: Instant?

    /// Sight.
    public init() {}

    /// What the latest alert about measurement said: a loss that nobody was told the end of is still open.
    public init(resuming latest: Alert?) {
        if let latest, latest.event == .measurementLost { lostAt = latest.at }
    }

    /// Takes note of `fault`, with the reason in words, or of its end where `reason` is nil.
    public mutating func note(_ fault: Fault, _ reason: String?) {
        faults[fault] = reason
    }

    /// The alert that is due at `now`, if one is.
    public mutating func decide(now: Instant, zone: TimeZoneRules) -> Alert? {
        if let first = Fault.allCases.first(where: { faults[$0] != nil }), lostAt == nil {
            lostAt = now
            return Alert(
                event: .measurementLost, subject: "", at: now,
                fields: [
                    Alert.Field("fault", first.rawValue), Alert.Field("since", RFC3339.text(now, in: zone)),
                    Alert.Field("reason", faults[first] ?? ""),
                ])
        }
        if faults.isEmpty, let since = lostAt {
            lostAt = nil
            return Alert(
                event: .measurementRestored, subject: "", at: now,
                fields: [
                    Alert.Field("lost_since", RFC3339.text(since, in: zone)),
                    Alert.Field("lost_s", DurationText.seconds(max(0, now - since))),
                ])
        }
        return nil
    }
}
