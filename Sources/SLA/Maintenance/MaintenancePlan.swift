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

    /// Whether its windows recur, so that each needs a notice of its own.
    public var isRecurring: Bool {
        switch recurrence {
        case .once: false
        case .series: true
        }
    }

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
