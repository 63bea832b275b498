/// A stretch of paid time at one price, as it is in force.
public struct PaidTerm: Hashable, Sendable {
    /// The time; without an end, it reaches to ``Instant/distantFuture``.
    public var interval: Interval
    /// The price of a month in the agreement's currency; nil where none is recorded.
    public var price: ExactDecimal?
    /// The billing system's name for the plan; empty where it gives none.
    public var plan: String
}

extension ServiceHistory {
    /// The paid time as known at `asOf`, in order, cut wherever the price or the plan changes.
    public func terms(asOf: Instant) -> [PaidTerm] {
        let known = billed(knownBy: asOf)
        let configured = records.filter { $0.service != nil }
        let own = (configured.last { $0.recordedAt <= asOf } ?? configured.first)?.service?.price
        let cuts = known.flatMap { $0.terms.flatMap { [$0.interval.start, $0.interval.end] } }
        var terms: [PaidTerm] = []
        for interval in paid(asOf: asOf).intervals {
            let inner = Set(cuts.filter { interval.start < $0 && $0 < interval.end })
            let bounds = [interval.start] + inner.sorted() + [interval.end]
            for (start, end) in zip(bounds, bounds.dropFirst()) {
                let term = Self.term(at: start, in: known)
                let next = PaidTerm(
                    interval: Interval(unchecked: start, end), price: term?.price ?? own, plan: term?.plan ?? "")
                let isSame = terms.last.map {
                    $0.interval.end == start && ($0.price, $0.plan) == (next.price, next.plan)
                }
                if isSame == true {
                    terms[terms.count - 1].interval = Interval(unchecked: terms[terms.count - 1].interval.start, end)
                } else {
                    terms.append(next)
                }
            }
        }
        return terms
    }
}
