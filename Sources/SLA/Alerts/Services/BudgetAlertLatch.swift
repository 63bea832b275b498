/// The alerts about a service's budget that were announced in the running month and around it: a latch for each
/// (semantics §7).
///
/// Each threshold, and the loss of the commitment, is announced once in a month; what was announced by a clock that is
/// set back by a day and more to before that counts as not announced. An exclusion admitted later may give
/// some of the budget back; no latch is released by that, so nothing is announced again where the budget is spent once
/// more. (That the figure is back at the objective is `availability_restored`.) That a window burns is announced again
/// once it has been calm since: that is found in the samples each time, so that a restart finds the same.
public struct BudgetAlertLatch: Hashable, Sendable {
    /// The events that it decides on.
    public static let events: [AlertEvent] = [.budgetConsumed, .budgetBurning, .commitmentLost]

    /// The shares of the budget that are announced, in percent.
    static let thresholds: [Int64] = [50, 75, 90]

    /// What was announced of a month.
    fileprivate struct Announced: Hashable, Sendable {
        /// When each threshold was, in percent, and the loss of the commitment.
        var percents: [Int64: Instant] = [:]
        var lostAt: Instant?
        /// When each window was last announced as burning, by its length in ms.
        var burning: [Milliseconds: Instant] = [:]
    }

    /// Of the month before the latest as well: the wall clock may be set back into it, and come from there again.
    private var months: [CivilMonth: Announced] = [:]

    /// Nothing announced.
    public init() {}

    /// When each window was last announced as burning in the month of `now`, by its length in ms.
    func burning(at now: Instant, in calendar: CivilCalendar) -> [Milliseconds: Instant] {
        months.isEmpty ? [:] : months[calendar.month(containing: now)]?.burning ?? [:]
    }

    /// Sets the latch of an alert that was decided; one that is not among ``events`` is passed over.
    mutating func restore(from alert: Alert) {
        guard Self.events.contains(alert.event), let month = alert["month"]?.month else { return }
        update(month) { announced in
            switch alert.event {
            case .budgetConsumed:
                if let percent = alert["threshold_percent"]?.number { announced.percents[percent] = alert.at }
            case .commitmentLost: announced.lostAt = alert.at
            case .budgetBurning:
                if let seconds = alert["window_s"]?.number { announced.burning[seconds * 1000] = alert.at }
            default: break
            }
        }
    }

    private mutating func update<Result>(_ month: CivilMonth, _ body: (inout Announced) -> Result) -> Result {
        if months[month] == nil { months = months.filter { $0.key.next >= month } }
        return body(&months[month, default: Announced()])
    }

    /// The alerts that are new with `figures`, the mildest first.
    mutating func decide(
        _ figures: MonthToDate
    ) -> [(event: AlertEvent, fields: [Alert.Field])] {
        guard figures.budget.spent > 0 else { return [] }
        return update(figures.month) { $0.burns(figures) + $0.thresholds(figures) + $0.loss(figures) }
    }
}

extension BudgetAlertLatch.Announced {
    fileprivate mutating func burns(_ figures: MonthToDate) -> [(event: AlertEvent, fields: [Alert.Field])] {
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

    fileprivate mutating func thresholds(_ figures: MonthToDate) -> [(event: AlertEvent, fields: [Alert.Field])] {
        let new = BudgetAlertLatch.thresholds.filter { percent in
            figures.budget.isConsumed(percent: percent) && percents[percent]?.isOfMonthToCome(at: figures.asOf) ?? true
        }
        for percent in new { percents[percent] = figures.asOf }
        return new.map { percent in
            (
                .budgetConsumed,
                [
                    Alert.Field("month", .month(figures.month)),
                    Alert.Field("threshold_percent", .number(percent)),
                ] + amounts(figures.budget)
            )
        }
    }

    fileprivate mutating func loss(_ figures: MonthToDate) -> [(event: AlertEvent, fields: [Alert.Field])] {
        guard figures.budget.remaining < 0, lostAt?.isOfMonthToCome(at: figures.asOf) ?? true else { return [] }
        lostAt = figures.asOf
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
