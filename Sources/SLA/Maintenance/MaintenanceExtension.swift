/// More time for a window: a new announcement, whose notice counts for the added time alone.
public struct MaintenanceExtension: Hashable, Sendable {
    /// The plan's number.
    public var plan: Int
    /// Its number within the plan, from 1.
    public var number: Int
    /// The day on which the window begins.
    public var date: CivilDate
    /// The window's new end.
    public var until: Instant
    /// When it was recorded.
    public var at: Instant
    /// Who recorded it.
    public var by: String
    /// Why.
    public var reason: String

    /// An extension.
    public init(plan: Int, number: Int, date: CivilDate, until: Instant, at: Instant, by: String, reason: String) {
        self.plan = plan
        self.number = number
        self.date = date
        self.until = until
        self.at = at
        self.by = by
        self.reason = reason
    }

    /// What its notice is about, as `M3.x1`.
    public var subject: NoticeSubject { .extension(plan, number) }
}
