/// The whole of a service's month as it is to be counted, its future included: what the budget is a share of
/// (semantics §7).
public struct MonthPlan: Hashable, Sendable {
    /// The whole month's committed time.
    public let committed: IntervalSet
    /// What of it will count if all of it is measured: with `removed` what no admitted exclusion holds, planned ones
    /// included, with `forgiven` all of it.
    public let counted: IntervalSet

    /// The plan of `service` for `month`, the whole of it, with those of `exclusions` that are known at `asOf`.
    public init(
        of service: Service, month: Interval, asOf: Instant, under agreement: Agreement, exclusions: [Exclusion]
    ) {
        let agreement = agreement.judging(service.paid, in: month)
        committed = service.paid.intersection(month)
        switch agreement.excludedTime {
        case .removed:
            let claimed = IntervalSet(
                exclusions.filter {
                    $0.isInForce(asOf: asOf) && $0.concerns(service) && $0.refusal(under: agreement) == nil
                }.flatMap { $0.time(of: service).intervals })
            counted = committed.subtracting(claimed)
        case .forgiven:
            counted = committed
        }
    }

    /// How much of the whole month counts, in ms, if all that is to come of it is measured: of what was, what `tally`
    /// has up to `asOf`, and from then on what is planned.
    func counted(_ tally: Tally, at asOf: Instant) -> Milliseconds {
        tally.available + tally.down + counted.length(from: asOf)
    }

    /// The downtime that `objective` leaves of `counted` ms, in ms: (100 − objective) %, on integers, cut.
    static func allowedDowntime(of counted: Milliseconds, _ objective: ExactDecimal) -> Milliseconds {
        let hundred = Int128(objective.denominator) * 100
        return Milliseconds((hundred - Int128(objective.mantissa)) * Int128(counted) / hundred)
    }
}
