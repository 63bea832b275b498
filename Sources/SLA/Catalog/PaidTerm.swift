/// A stretch of paid time at one price, as it is in force.
public struct PaidTerm: Hashable, Sendable {
    /// The time; without an end, it reaches to ``Instant/distantFuture``.
    public var interval: Interval
    /// The price of a month in the agreement's currency; nil where none is recorded.
    public var price: ExactDecimal?
    /// The billing system's name for the plan; empty where it gives none.
    public var plan: String

    /// A stretch of paid time.
    public init(interval: Interval, price: ExactDecimal?, plan: String) {
        self.interval = interval
        self.price = price
        self.plan = plan
    }
}

extension ServiceHistory {
    /// The paid time as known at `asOf`, in order, cut wherever the price or the plan changes.
    public func terms(asOf: Instant) -> [PaidTerm] { terms(of: paid(asOf: asOf), asOf: asOf) }

    /// Gives `service` the prices of `period` as known at `asOf` (rule 6), also of time that was withdrawn.
    func price(_ service: inout Service, in period: Interval, asOf: Instant) {
        let paid = paidBeforeWithdrawal(asOf: asOf).intersection(IntervalSet(period))
        let prices = terms(of: paid, asOf: asOf).map { PaidTerm(interval: $0.interval, price: $0.price, plan: "") }
        guard let first = prices.first else { return }
        // One price is the service's, so that a service is the same in every month in which nothing else is.
        if prices.allSatisfy({ $0.price == first.price }) {
            service.price = first.price
            return
        }
        service.prices = prices
        let committed = service.paid.intersection(IntervalSet(Interval(period.start, min(period.end, asOf))))
        if let last = committed.intervals.last { service.price = service.price(at: last.end - 1) }
    }

    /// `paid`, cut wherever the price or the plan changes, as known at `asOf` (rule 6).
    func terms(of paid: IntervalSet, asOf: Instant) -> [PaidTerm] {
        let billed = billed(knownBy: asOf)
        let configured = records.filter { $0.service != nil }.enumerated()
            .filter { $0.offset == 0 || $0.element.recordedAt <= asOf }.map(\.element)
        let cuts =
            billed.flatMap { $0.terms.flatMap { [$0.interval.start, $0.interval.end] } }
            + configured.map(\.recordedAt)
        var terms: [PaidTerm] = []
        for interval in paid.intervals {
            let inner = Set(cuts.filter { interval.start < $0 && $0 < interval.end })
            let bounds = [interval.start] + inner.sorted() + [interval.end]
            for (start, end) in zip(bounds, bounds.dropFirst()) {
                let term = billed.last { $0.term(at: start) != nil }?.term(at: start)
                let next = PaidTerm(
                    interval: Interval(unchecked: start, end),
                    price: term?.price ?? Self.price(at: start, in: configured), plan: term?.plan ?? "")
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

    /// What the configuration said the price is at `instant`: last by then, else first of all; or, where that is nothing,
    /// what it said first afterwards.
    private static func price(at instant: Instant, in configured: [ServiceRecord]) -> ExactDecimal? {
        let index = configured.lastIndex { $0.recordedAt <= instant } ?? 0
        return configured.dropFirst(index).lazy.compactMap(\.service?.price).first
    }
}

extension Service {
    /// The price of a month that was in force at `instant`; nil where none is recorded, or the time was not paid for.
    func price(at instant: Instant) -> ExactDecimal? {
        prices.isEmpty ? price : prices.first { $0.interval.contains(instant) }?.price
    }
}
