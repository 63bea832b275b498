/// The arithmetic of semantics §5 and §6 on a tally.
struct AvailabilityFigures {
    let availability: Ratio?
    let availabilityMin: Ratio?
    let availabilityMax: Ratio?
    let verdict: Verdict
    let certainty: Certainty?

    init(_ tally: Tally, under agreement: Agreement) {
        let objective = agreement.objective
        let available = Ratio(tally.available, of: tally.available + tally.down)
        let whole: Milliseconds
        let isExempt: Bool
        switch agreement.excludedTime {
        case .removed:
            whole = tally.committed - tally.claimed
            isExempt = whole == 0
        case .forgiven:
            whole = tally.committed - tally.unmeasuredClaimed
            isExempt = false
        }
        let lowest = Ratio(whole - tally.longestDown - tally.longestUnmeasured, of: whole)
        let highest = Ratio(whole - tally.shortestDown, of: whole)

        guard tally.committed > 0, !isExempt, let available else {
            verdict = tally.committed == 0 ? .notCommitted : isExempt ? .exempt : .unmeasured
            (availability, availabilityMin, availabilityMax, certainty) = (nil, nil, nil, nil)
            return
        }
        verdict = available.isAtLeast(objective) ? .met : .breached
        availability = available
        availabilityMin = lowest
        availabilityMax = highest
        certainty = lowest?.isAtLeast(objective) == highest?.isAtLeast(objective) ? .certain : .uncertain
    }
}
