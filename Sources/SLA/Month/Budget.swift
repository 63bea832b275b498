/// How much more downtime the running month can bear (semantics §7).
public struct Budget: Hashable, Sendable {
    /// The downtime that the whole month allows, in ms, cut.
    public let allowed: Milliseconds
    /// The downtime there was, in ms.
    public let spent: Milliseconds

    /// What is left, in ms; below zero, the month can no longer be met, whatever happens next.
    public var remaining: Milliseconds { allowed - spent }

    /// The share that is spent, over one where more is than was allowed; nil where nothing is allowed.
    public var consumed: Ratio? { Ratio(spent, of: allowed) }

    /// `spent` ms of `allowed` ms, neither negative.
    public init(allowed: Milliseconds, spent: Milliseconds) {
        self.allowed = allowed
        self.spent = spent
    }

    /// The budget of the month of `figures`, with `exclusions` as known at its `asOf`, planned ones included.
    public init(of figures: MonthFigures, exclusions: [Exclusion]) {
        let plan = MonthPlan(
            of: figures.service, month: figures.period.interval(in: figures.agreement.calendar), asOf: figures.asOf,
            under: figures.agreement,
            exclusions: exclusions)
        self.init(of: Tally(figures.partition), at: figures.asOf, in: plan, under: figures.agreement)
    }

    /// The budget of the month of `plan`, of which `tally` is what was counted up to `asOf`.
    init(of tally: Tally, at asOf: Instant, in plan: MonthPlan, under agreement: Agreement) {
        let counted = plan.counted(tally, at: asOf)
        self.init(allowed: MonthPlan.allowedDowntime(of: counted, agreement.objective), spent: tally.down)
    }

    /// Whether at least `percent` percent of it is spent; of a budget of nothing, any downtime is more than all.
    func isConsumed(percent: Int64) -> Bool {
        spent > 0 && Int128(spent) * 100 >= Int128(percent) * Int128(allowed)
    }
}
