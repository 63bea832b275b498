/// Why an amount cannot be agreed as compensation.
public enum AmountRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is above the cap, which is `cap` (`months` months' price).
    case aboveCap(cap: String, months: Int)
    /// With what other claims of the month were settled for, it is above the cap; `rest` is what is left of it.
    case aboveRest(rest: String, months: Int)
    /// The service has no price, so there is no cap to hold it against.
    case noPrice

    /// As messages say it: `above the cap of 6 months' price, expected at most 1 200 000`.
    public var description: String {
        switch self {
        case .aboveCap(let cap, let months):
            "above the cap of \(months) months' price, expected at most \(AmountText.shown(cap))"
        case .aboveRest(let rest, let months):
            "above what the month's other claims leave of the cap of \(months) months' price, expected at most "
                + AmountText.shown(rest)
        case .noPrice: "no price is recorded, and the cap is a multiple of it"
        }
    }
}

extension Compensation {
    /// Why `amount`, as ``AmountText`` reads it, cannot be agreed for a service of `price` a month; nil where it can
    /// (clause 7: the cap holds for a negotiated amount too).
    ///
    /// - Parameter others: what else of the month is agreed and added to it.
    public func refusal(
        of amount: ExactDecimal, besides others: [ExactDecimal] = [], price: ExactDecimal?
    ) -> AmountRefusal? {
        guard let cap = cap(of: price) else { return .noPrice }
        let digits = Currency.minorDigits(of: currency)
        let taken = others.reduce(.zero(in: currency)) { $0 + Money($1).amount(minorDigits: digits) }
        if Money(amount).amount(minorDigits: digits) + taken <= cap { return nil }
        return others.isEmpty
            ? .aboveCap(cap: cap.text, months: capMonths)
            : .aboveRest(rest: cap.less(taken).text, months: capMonths)
    }

    /// The most that is paid for a service of `price` a month; nil where no price is recorded.
    func cap(of price: ExactDecimal?) -> Amount? {
        price.map {
            Money($0).amount(
                percent: ExactDecimal(Int64(capMonths) * 100), minorDigits: Currency.minorDigits(of: currency))
        }
    }
}
