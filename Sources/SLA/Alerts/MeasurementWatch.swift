/// Whether the monitor itself can measure: it announces once that measurement is lost, and once that it is restored.
public struct MeasurementWatch: Hashable, Sendable {
    /// What measurement can be lost by.
    public enum Fault: String, CaseIterable, Hashable, Sendable {
        /// Samples cannot be made durable.
        case ledger
        /// Probes cannot tell: one after the other ended as `unknown`.
        case probing
    }

    /// How many probes in a row must be unable to tell; fewer where there are fewer checks, but two at least.
    private static let unknownProbesUntilLost = 10

    private var faults: [Fault: String] = [:]
    private var lostAt: Instant?
    /// The same by the clock that does not step; nil where it was lost before this run.
    private var lostAtMonotonic: MonotonicInstant?
    private var unknownInARow = 0

    /// Resumes from the latest alert about measurement: a loss without an announced end is still open; where there is
    /// none, nothing is lost.
    public init(resuming latest: Alert?) {
        if let latest, latest.event == .measurementLost { lostAt = latest.at }
    }

    /// Sets `fault`, with the reason in words, or ends it where `reason` is nil.
    public mutating func set(_ fault: Fault, _ reason: String?) {
        faults[fault] = reason
    }

    /// Takes note of what a probe found, in order of time, where there are `checks` checks.
    public mutating func observe(_ state: SampleState, checks: Int) {
        unknownInARow = state == .unknown ? unknownInARow + 1 : 0
        let isLost = unknownInARow >= min(Self.unknownProbesUntilLost, max(2, checks))
        set(.probing, isLost ? "the last \(unknownInARow) probes could not tell" : nil)
    }

    /// The alert that is due at `now`, if one is.
    public mutating func decide(now: Now) -> Alert? {
        if let first = Fault.allCases.first(where: { faults[$0] != nil }), lostAt == nil {
            lostAt = now.wall
            lostAtMonotonic = now.monotonic
            return Self.lost(first, reason: faults[first] ?? "", at: now.wall)
        }
        if faults.isEmpty, let since = lostAt {
            let length = lostAtMonotonic.map { now.monotonic - $0 } ?? now.wall - since
            (lostAt, lostAtMonotonic) = (nil, nil)
            return Alert(
                event: .measurementRestored, subject: "", at: now.wall,
                fields: [
                    Alert.Field("lost_since", .instant(since)),
                    Alert.Field("lost_s", .seconds(max(0, length))),
                ])
        }
        return nil
    }

    /// The alert that measurement was lost at `instant`.
    public static func lost(_ fault: Fault, reason: String, at instant: Instant) -> Alert {
        Alert(
            event: .measurementLost, subject: "", at: instant,
            fields: [
                Alert.Field("fault", fault.rawValue), Alert.Field("since", .instant(instant)),
                Alert.Field("reason", reason),
            ])
    }
}
