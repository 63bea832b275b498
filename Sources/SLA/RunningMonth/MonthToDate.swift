/// The figures of a service's running month at an instant: those that ``MonthFigures`` of that instant have.
public struct MonthToDate: Hashable, Sendable {
    /// The month.
    public let month: CivilMonth
    /// The instant up to which things were known.
    public let asOf: Instant
    /// The availability that is promised, in percent, by what judges the month.
    public let objective: ExactDecimal
    /// How long each class is.
    public let tally: Tally
    /// The share of time it was available; nil where there is nothing to divide by.
    public let availability: Ratio?
    /// The share at the lower bound.
    public let availabilityMin: Ratio?
    /// The share at the upper bound.
    public let availabilityMax: Ratio?
    /// Whether the commitment is kept so far.
    public let verdict: Verdict
    /// Whether that holds at both bounds; nil where there is no availability.
    public let certainty: Certainty?
    /// The downtime that the whole month allows, and what is spent of it.
    public let budget: Budget
    /// How much of the whole month counts, in ms, if all that is to come of it is measured.
    public let counted: Milliseconds
    /// The counted downtime of the month's last stretches, in ms, in the order of ``BurnWindow/all``; empty where the
    /// month has none.
    public let burns: [BurnWindow.Downtime]
    /// The transients of the civil day so far.
    public let transients: DayTransients

    init(
        month: CivilMonth, asOf: Instant, tally: Tally, plan: MonthPlan, burns: [BurnWindow.Downtime],
        transients: DayTransients, under agreement: Agreement
    ) {
        let figures = AvailabilityFigures(tally, under: agreement)
        self.month = month
        self.asOf = asOf
        objective = agreement.objective
        self.tally = tally
        availability = figures.availability
        availabilityMin = figures.availabilityMin
        availabilityMax = figures.availabilityMax
        verdict = figures.verdict
        certainty = figures.certainty
        budget = Budget(of: tally, at: asOf, in: plan, under: agreement)
        counted = plan.counted(tally, at: asOf)
        self.burns = burns
        self.transients = transients
    }
}
