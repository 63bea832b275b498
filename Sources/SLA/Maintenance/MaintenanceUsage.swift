/// How often maintenance was used in a month, and how much of it was an emergency (clause 6.2: it is rare).
public struct MaintenanceUsage: Hashable, Sendable {
    /// When scheduled maintenance was under way, of any service of the report; admitted or not.
    public let scheduled: IntervalSet
    /// When emergency maintenance was, in the same way.
    public let emergency: IntervalSet

    /// The use that `exclusions` show in `period`, as known at `asOf`. Windows that touch or overlap are one.
    public init(of exclusions: [Exclusion], in period: Interval, asOf: Instant) {
        let past = IntervalSet(Interval(period.start, min(period.end, asOf)))
        func used(_ category: ExclusionCategory) -> IntervalSet {
            past.intersection(
                IntervalSet(exclusions.filter { $0.category == category && $0.isInForce(asOf: asOf) }.map(\.interval)))
        }
        scheduled = used(.scheduledMaintenance)
        emergency = used(.emergencyMaintenance)
    }

    /// The emergency's share of all maintenance time; nil where there was none.
    public var emergencyShare: Ratio? {
        let total = scheduled.length + emergency.length
        return total == 0 ? nil : Ratio(emergency.length, of: total)
    }
}
