/// The alerts about a service's budget that were announced in the running month: a latch for each (semantics §7).
///
/// Each threshold, and the loss of the commitment, is announced once in a month. An exclusion admitted later may give
/// some of the budget back; no latch is released by that, so nothing is announced again where the budget is spent once
/// more. (That the figure is back at the objective is `availability_restored`.) That a window burns is announced again
/// once it has been calm since: that is found in the samples each time, so that a restart finds the same.
public struct BudgetAlertLatch: Hashable, Sendable {
    /// The events that it decides on.
    public static let events: [AlertEvent] = [.budgetConsumed, .budgetBurning, .commitmentLost]

    /// The shares of the budget that are announced, in percent.
    public static let thresholds: [Int64] = [50, 75, 90]

    private var month: CivilMonth?
    private var percents: Set<Int64> = []
    private var isLost = false
    /// When each window was last announced as burning, by its length in ms.
    private(set) var burning: [Milliseconds: Instant] = [:]

    /// Nothing announced.
    public init() {}

    /// Sets the latch of an alert that was decided; one that is not among ``events`` is passed over.
    mutating func restore(from alert: Alert) {
        guard Self.events.contains(alert.event), let month = alert["month"]?.month else { return }
        if month != self.month {
            self = BudgetAlertLatch()
            self.month = month
        }
        switch alert.event {
        case .budgetConsumed:
            if let percent = alert["threshold_percent"]?.number { percents.insert(percent) }
        case .commitmentLost: isLost = true
        case .budgetBurning:
            if let seconds = alert["window_s"]?.number { burning[seconds * 1000] = alert.at }
        default: break
        }
    }

    /// The alerts that are new with `figures`, the mildest first.
    mutating func decide(
        _ figures: MonthToDate
    ) -> [(event: AlertEvent, fields: [Alert.Field])] {
        if month != figures.month {
            self = BudgetAlertLatch()
            month = figures.month
        }
        guard figures.budget.spent > 0 else { return [] }
        return burns(figures) + thresholds(figures) + loss(figures)
    }

    private mutating func burns(_ figures: MonthToDate) -> [(event: AlertEvent, fields: [Alert.Field])] {
        let allowed = figures.budget.allowed
        return zip(BurnWindow.all, figures.burns).compactMap { window, downtime in
            let isSaid = burning[window.length] != nil && !window.isOver(downtime, allowed: allowed)
            guard !isSaid, window.isBurning(downtime, allowed: allowed) else { return nil }
            burning[window.length] = figures.asOf
            let rate = window.rateHundredths(downtime, allowed: allowed, counted: figures.counted)
            return (
                .budgetBurning,
                [
                    Alert.Field("month", .month(figures.month)),
                    Alert.Field("window_s", .number(window.length / 1000)),
                    Alert.Field("window_down_s", .seconds(downtime.long)),
                    Alert.Field("threshold_percent", .number(window.percent)),
                ]
                    + (rate.map { [Alert.Field("burn_rate", "\($0 / 100).\(Digits.padded($0 % 100, 2))")] } ?? [])
                    + amounts(figures.budget)
            )
        }
    }

    private mutating func thresholds(_ figures: MonthToDate) -> [(event: AlertEvent, fields: [Alert.Field])] {
        Self.thresholds.filter { figures.budget.isConsumed(percent: $0) && percents.insert($0).inserted }.map {
            percent in
            (
                .budgetConsumed,
                [
                    Alert.Field("month", .month(figures.month)),
                    Alert.Field("threshold_percent", .number(percent)),
                ] + amounts(figures.budget)
            )
        }
    }

    private mutating func loss(_ figures: MonthToDate) -> [(event: AlertEvent, fields: [Alert.Field])] {
        guard figures.budget.remaining < 0, !isLost else { return [] }
        isLost = true
        return [
            (.commitmentLost, [Alert.Field("month", .month(figures.month))] + amounts(figures.budget))
        ]
    }

    private func amounts(_ budget: Budget) -> [Alert.Field] {
        var fields: [Alert.Field] = []
        if let consumed = budget.consumed { fields.append(Alert.Field("consumed_percent", consumed.percentText)) }
        return fields + [
            Alert.Field("allowed_s", .seconds(budget.allowed)),
            Alert.Field("spent_s", .seconds(budget.spent)),
            Alert.Field("remaining_s", .seconds(budget.remaining)),
        ]
    }
}
