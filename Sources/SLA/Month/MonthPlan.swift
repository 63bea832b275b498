/// The whole of a service's month as it is to be counted, its future included: what the budget is a share of
/// (semantics §7).
public struct MonthPlan: Hashable, Sendable {
    /// The whole month's committed time.
    public let committed: IntervalSet
    /// What of it no admitted exclusion holds, planned ones included.
    public let counted: IntervalSet
    /// The downtime that the objective leaves of ``counted``, in ms, cut.
    public let allowedDowntime: Milliseconds

    /// The plan of `service` for `month`, with those of `exclusions` that are known at `asOf`.
    public init(
        of service: Service, month: CivilMonth, asOf: Instant, under agreement: Agreement, exclusions: [Exclusion]
    ) {
        committed = service.paid.intersection(agreement.calendar.interval(of: month))
        let claimed = IntervalSet(
            exclusions.filter {
                $0.isInForce(asOf: asOf) && $0.concerns(service) && $0.refusal(under: agreement.notice) == nil
            }.flatMap { $0.time(of: service).intervals })
        counted = committed.subtracting(claimed)
        let objective = agreement.objective
        // (100 − objective) / 100 × counted, on integers, cut.
        let hundred = Int128(objective.denominator) * 100
        allowedDowntime = Int64((hundred - Int128(objective.mantissa)) * Int128(counted.length) / hundred)
    }
}
