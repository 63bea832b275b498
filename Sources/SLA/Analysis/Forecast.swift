/// Where a running month is heading: what is left of its budget, when that will be used up if things go on as they
/// went, and what the month can still become (semantics §7).
public struct Forecast: Hashable, Sendable {
    /// What the month allows, and what is spent.
    public let budget: Budget
    /// When the budget will be used up.
    public let exhaustion: Exhaustion
    /// The availability that the month ends at if it is up from now on; nil where nothing will be counted at all.
    public let best: Ratio?

    /// When the budget will be used up, if counted time goes on to hold as much downtime as it did.
    public enum Exhaustion: Hashable, Sendable {
        /// It is: nothing is left.
        case past
        /// At this instant of the month, at the latest its end.
        case at(Instant)
        /// Not in this month.
        case never
    }

    /// The forecast of the month of `figures`, with `exclusions` as known at its `asOf`, planned ones included; nil
    /// where the month is over, and of a longer time.
    public init?(of figures: MonthFigures, exclusions: [Exclusion]) {
        let (asOf, agreement) = (figures.asOf, figures.agreement)
        let month = figures.period.interval(in: agreement.calendar)
        guard figures.period.month != nil, asOf < month.end else { return nil }
        let plan = MonthPlan(
            of: figures.service, month: month, asOf: asOf, under: agreement, exclusions: exclusions)
        let tally = Tally(figures.partition)
        budget = Budget(of: tally, at: asOf, in: plan, under: agreement)

        let rest = IntervalSet(Interval(max(asOf, month.start), month.end))
        let future = plan.counted.intersection(rest)
        exhaustion = Self.exhaustion(of: budget, past: tally.available + tally.down, future: future)
        best = Ratio(tally.available + future.length, of: plan.counted(tally, at: asOf))
    }

    /// - Parameters:
    ///   - past: the counted time that is over, in ms.
    ///   - future: the counted time that is to come.
    private static func exhaustion(
        of budget: Budget, past: Milliseconds, future: IntervalSet
    ) -> Exhaustion {
        if budget.remaining <= 0, budget.spent > 0 { return .past }
        guard budget.spent > 0 else { return .never }
        // remaining / (spent / past), rounded up to the first ms at which it is used up.
        let needed = (Int128(budget.remaining) * Int128(past) + Int128(budget.spent) - 1) / Int128(budget.spent)
        guard var left = Milliseconds(exactly: needed), left <= future.length else { return .never }
        for interval in future.intervals {
            if left <= interval.length { return .at(interval.start + left) }
            left -= interval.length
        }
        return .never
    }
}
