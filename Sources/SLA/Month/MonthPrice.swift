/// What was paid for a service's month, and what its credit is at most (semantics §9).
struct MonthPrice: Hashable, Sendable {
    /// What was paid, before rounding; nil where a part of the month has no price.
    let paid: Money?
    /// The price of a month at the last committed instant; nil where there is none, or nothing is committed.
    let last: ExactDecimal?

    /// What was paid for `committed`, which lies in `month`, for `service` with its prices there.
    ///
    /// - Parameter isProrated: whether each price counts for its part of the month, or the last one whole.
    init(of service: Service, committed: IntervalSet, in month: Interval, isProrated: Bool) {
        last = committed.intervals.last.flatMap { service.price(at: $0.end - 1) }
        guard isProrated else {
            paid = last.map { Money($0) }
            return
        }
        var sum = Money(ofMonth: month.length)
        var unpriced = committed
        for (interval, price) in service.pricedTime(in: month) {
            let length = committed.intersection(IntervalSet(interval)).length
            sum.add(price, for: length)
            unpriced = unpriced.subtracting(IntervalSet(interval))
        }
        paid = unpriced.isEmpty ? sum : nil
    }
}

extension Service {
    /// Where in `month` which price was in force; time without a price is left out.
    fileprivate func pricedTime(in month: Interval) -> [(Interval, ExactDecimal)] {
        prices.isEmpty
            ? price.map { [(month, $0)] } ?? [] : prices.compactMap { term in term.price.map { (term.interval, $0) } }
    }
}
