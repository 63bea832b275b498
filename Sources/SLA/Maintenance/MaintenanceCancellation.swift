/// The end of a plan, or of one of its windows, before it began.
public struct MaintenanceCancellation: Hashable, Sendable {
    /// The plan's number.
    public var plan: Int
    /// The day on which the window begins; nil for every window that has not begun.
    public var date: CivilDate?
    /// When.
    public var at: Instant
    /// Who.
    public var by: String
    /// Why.
    public var reason: String

    /// A cancellation.
    public init(plan: Int, date: CivilDate?, at: Instant, by: String, reason: String) {
        self.plan = plan
        self.date = date
        self.at = at
        self.by = by
        self.reason = reason
    }
}
