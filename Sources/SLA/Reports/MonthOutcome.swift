/// What a month of one service came to by itself, as it stands beside a longer time.
public struct MonthOutcome: Hashable, Sendable {
    /// The month.
    public let month: CivilMonth
    /// The share of time it was available; nil where there is nothing to divide by.
    public let availability: Ratio?
    /// The share at the lower bound.
    public let availabilityMin: Ratio?
    /// The share at the upper bound.
    public let availabilityMax: Ratio?
    /// Whether the commitment was kept.
    public let verdict: Verdict
    /// Whether that holds at both bounds; nil where there is no availability.
    public let certainty: Certainty?

    /// What `figures` came to; nil where they are of no calendar month.
    init?(_ figures: MonthFigures) {
        guard let month = figures.period.month else { return nil }
        self.month = month
        availability = figures.availability
        availabilityMin = figures.availabilityMin
        availabilityMax = figures.availabilityMax
        verdict = figures.verdict
        certainty = figures.certainty
    }
}

extension MonthlyReport {
    /// The months that stand beside it: those of which anything is over; none where it is one itself.
    public var pastMonths: [CivilMonth] { reported.months(in: agreement.calendar, asOf: asOf) }

    /// Puts `report`, of the next of ``pastMonths``, beside it, for the services whose time here holds any of that month.
    public mutating func add(month report: MonthlyReport) {
        let calendar = agreement.calendar
        let outcomes = Dictionary(
            report.figures.compactMap { own in MonthOutcome(own).map { (own.service.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        for own in figures {
            guard let outcome = outcomes[own.service.id],
                own.period.past(in: calendar, asOf: asOf)?.intersection(calendar.interval(of: outcome.month)) != nil
            else { continue }
            months[own.service.id, default: []].append(outcome)
        }
    }
}
