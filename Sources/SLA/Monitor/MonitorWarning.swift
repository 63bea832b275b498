/// What an operator should know, which is no alert: it goes to the log.
public enum MonitorWarning: Hashable, Sendable {
    /// The wall clock stepped by so many ms; negative: back.
    case clockStepped(Milliseconds)
    /// The wall clock is doubted, or believed again.
    case clockTrust(ClockTrustChange)
    /// Something is wrong with the references.
    case sight(SightWarning)
    /// Time of a service that was paid for no longer is, as the configuration has it now: that may be a slip. Instants
    /// belong into `zone`.
    case paidTimeLost(service: String, IntervalSet, zone: TimeZoneRules)
}
