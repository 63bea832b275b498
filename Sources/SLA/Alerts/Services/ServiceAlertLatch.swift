/// The alerts about a service that were announced, and are not announced again until they are over.
public struct ServiceAlertLatch: Hashable, Sendable {
    /// Since when it was announced as down; nil where it was announced as up, or not at all.
    public var downSince: Instant?
    /// The last month whose availability was announced as below the objective.
    public var belowIn: CivilMonth?
    /// When that was announced, by the wall clock.
    var belowAt = Instant.distantPast
    /// The alerts about the running month's budget.
    public var budget = BudgetAlertLatch()
    /// That it flaps.
    var flapping = FlappingLatch()

    /// The events that ``init(from:)`` resumes from: of each group the latest, of the others every
    /// one of the running month.
    public static let latches: [[AlertEvent]] = [
        [.serviceDown, .serviceUp, .serviceWithdrawn], [.availabilityBelow, .availabilityRestored], [.flapping],
    ]

    /// Nothing announced.
    public init() {}

    /// Whether `month` was announced as below the objective, by a clock that is not set back at `now` to a day before
    /// that.
    func isBelow(in month: CivilMonth, at now: Instant) -> Bool {
        belowIn == month && !belowAt.isOfMonthToCome(at: now)
    }

    /// Resumes from the alerts about the service.
    ///
    /// - Parameter alerts: the latest of each group of ``latches`` as far as there are any, and the running month's
    ///   ``BudgetAlertLatch/events``, in the order in which they were decided.
    public init(from alerts: [Alert]) {
        for alert in alerts {
            switch alert.event {
            case .serviceDown: downSince = alert["since"]?.instant ?? alert.at
            case .availabilityBelow: (belowIn, belowAt) = (alert["month"]?.month, alert.at)
            case .flapping: flapping.restore(from: alert)
            default: budget.restore(from: alert)
            }
        }
    }
}
