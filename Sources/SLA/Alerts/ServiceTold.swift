/// What operators have been told of a service, and must not be told again.
public struct ServiceTold: Hashable, Sendable {
    /// Since when they believe the service down; nil where they believe it up.
    public var downSince: Instant?
    /// The last month whose availability they believe below the objective.
    public var belowIn: CivilMonth?
    /// What they were told of the running month's budget.
    public var budget = BudgetTold()

    /// The events that ``init(from:)`` goes on from: of the first two pairs the latest of each, of the others every
    /// one of the running month.
    public static let latches: [[AlertEvent]] = [
        [.serviceDown, .serviceUp], [.availabilityBelow, .availabilityRestored],
    ]

    /// Nothing.
    public init() {}

    /// What alerts about the service have said.
    ///
    /// - Parameter alerts: the latest of each pair of ``latches`` as far as there are any, and the running month's
    ///   ``BudgetTold/events``, in the order in which they were decided.
    public init(from alerts: [Alert]) {
        for alert in alerts {
            switch alert.event {
            case .serviceDown: downSince = alert["since"].flatMap { RFC3339.instant($0) } ?? alert.at
            case .availabilityBelow: belowIn = alert["month"].flatMap { CivilMonth($0) }
            default: budget.take(alert)
            }
        }
    }
}
