/// What a month would have come to without the provider's own corrections: without voids, revocations of downtimes,
/// corrections of rules and withdrawals of paid time (semantics §6).
public struct UncorrectedFigures: Hashable, Sendable {
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
    /// What would count as down, in ms.
    public let down: Milliseconds
    /// What would be due to the customer; nil where nothing would.
    public let credit: Credit?
}

extension MonthFigures {
    /// Takes note of what the figures would be without the provider's own corrections: where that has another verdict
    /// or another credit. Where the credit would be larger, it is to be settled.
    mutating func note(uncorrected plain: MonthFigures) {
        assessCredit(without: plain.basis)
        guard plain.verdict != verdict || plain.credit != credit else { return }
        uncorrected = UncorrectedFigures(
            availability: plain.availability, availabilityMin: plain.availabilityMin,
            availabilityMax: plain.availabilityMax, verdict: plain.verdict, certainty: plain.certainty,
            down: plain.partition.down.length, credit: plain.credit)
    }
}
