/// How much more downtime the running month can bear (semantics §7).
public struct Budget: Hashable, Sendable {
    /// The downtime that the whole month allows, in ms, cut.
    public let allowed: Milliseconds
    /// The downtime there was, in ms.
    public let spent: Milliseconds

    /// What is left, in ms; below zero, the month can no longer be met, whatever happens next.
    public var remaining: Milliseconds { allowed - spent }

    /// The budget of `statement`'s month, with `exclusions` as known at its `asOf`, planned ones included.
    public init(of statement: Statement, under agreement: Agreement, exclusions: [Exclusion]) {
        let committed = statement.service.paid.intersection(agreement.calendar.interval(of: statement.month))
        let claimed = IntervalSet(
            exclusions.filter {
                $0.stands(asOf: statement.asOf) && $0.concerns(statement.service)
                    && $0.refusal(under: agreement.notice) == nil
            }.map(\.interval))
        let counted = committed.length - committed.intersection(claimed).length
        let objective = agreement.objective
        // (100 − objective) / 100 × counted, on integers, cut.
        let hundred = Int128(objective.denominator) * 100
        allowed = Int64((hundred - Int128(objective.mantissa)) * Int128(counted) / hundred)
        spent = statement.partition.down.length
    }
}
