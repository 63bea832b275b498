/// The arithmetic of semantics §5 and §6 on a partition.
struct Figures {
    let availability: Ratio?
    let availabilityMin: Ratio?
    let availabilityMax: Ratio?
    private let isCommitted: Bool
    private let isExempt: Bool

    init(_ partition: Partition, policy: ExcludedTime) {
        let committed = partition.committed.length
        let (up, down) = (partition.up.length, partition.down.length)
        let unmeasuredOutside = partition.unmeasured.subtracting(partition.claimed)
        isCommitted = committed > 0

        let whole: Milliseconds
        switch policy {
        case .removed:
            availability = Ratio(up, of: up + down)
            whole = committed - partition.claimed.length
            isExempt = whole == 0
        case .forgiven:
            let pardoned = partition.excludedLength
            availability = Ratio(up + pardoned, of: up + pardoned + down)
            whole = committed - (partition.unmeasured.length - unmeasuredOutside.length)
            isExempt = false
        }
        let longestDown = partition.longestDown.length
        let unmeasured = unmeasuredOutside.subtracting(partition.longestDown).length
        availabilityMin = Ratio(whole - longestDown - unmeasured, of: whole)
        availabilityMax = Ratio(whole - partition.shortestDown.length, of: whole)
    }

    func verdict(against objective: ExactDecimal) -> Verdict {
        if !isCommitted { return .notCommitted }
        if isExempt { return .exempt }
        guard let availability else { return .unmeasured }
        return availability.isAtLeast(objective) ? .met : .breached
    }

    func certainty(against objective: ExactDecimal) -> Certainty {
        availabilityMin?.isAtLeast(objective) == availabilityMax?.isAtLeast(objective) ? .certain : .uncertain
    }
}
