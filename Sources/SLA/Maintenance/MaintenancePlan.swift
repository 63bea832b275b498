/// Maintenance that was planned (clauses 3.1, 6.1, 6.2). It is never edited: it is cancelled or extended.
public struct MaintenancePlan: Hashable, Sendable {
    /// Its number, from 1.
    public var number: Int
    /// Whether it was foreseen.
    public var kind: MaintenanceKind
    /// The services it concerns; at least one term.
    public var scope: [ScopeTerm]
    /// When its windows are.
    public var recurrence: Recurrence
    /// Why, as customers read it.
    public var reason: String
    /// When it was planned.
    public var plannedAt: Instant
    /// Who planned it.
    public var plannedBy: String

    /// A plan.
    public init(
        number: Int, kind: MaintenanceKind, scope: [ScopeTerm], recurrence: Recurrence, reason: String,
        plannedAt: Instant, plannedBy: String
    ) {
        self.number = number
        self.kind = kind
        self.scope = scope
        self.recurrence = recurrence
        self.reason = reason
        self.plannedAt = plannedAt
        self.plannedBy = plannedBy
    }

    /// As `M3`.
    public var id: String { NoticeSubject.plan(number).description }

    /// An instant before which it has no windows.
    public func begin(in calendar: CivilCalendar) -> Instant {
        switch recurrence {
        case .once(let interval): interval.start
        case .series(let series): calendar.start(of: series.first)
        }
    }

    /// The services of `catalog` that it concerns, in the catalogue's order.
    public func services(of catalog: Catalog) -> [Service] {
        catalog.services.filter { service in scope.contains { $0.includes(service) } }
    }

    /// The customers of those services, each with its services, in the catalogue's order.
    public func affected(of catalog: Catalog) -> [(customer: Customer, services: [Service])] {
        let services = Dictionary(grouping: services(of: catalog), by: \.customer)
        return catalog.customers.compactMap { customer in services[customer.id].map { (customer, $0) } }
    }
}

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
