/// Why an amount cannot be agreed as compensation.
public enum AmountRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is above the cap, which is `cap` (`months` months' price).
    case aboveCap(cap: String, months: Int)
    /// The service has no price, so there is no cap to hold it against.
    case noPrice

    /// As messages say it: `above the cap of 6 months' price, expected at most 1 200 000`.
    public var description: String {
        switch self {
        case .aboveCap(let cap, let months):
            "above the cap of \(months) months' price, expected at most \(AmountText.shown(cap))"
        case .noPrice: "no price is recorded, and the cap is a multiple of it"
        }
    }
}

extension Compensation {
    /// Why `amount`, as ``AmountText`` reads it, cannot be agreed for a service of `price` a month; nil where it can
    /// (clause 7: the cap holds for a negotiated amount too).
    public func refusal(of amount: ExactDecimal, price: ExactDecimal?) -> AmountRefusal? {
        guard let cap = cap(of: price) else { return .noPrice }
        let exact = Money(amount).amount(minorDigits: Currency.minorDigits(of: currency))
        return exact > cap ? .aboveCap(cap: cap.text, months: capMonths) : nil
    }

    /// The most that is paid for a service of `price` a month; nil where no price is recorded.
    func cap(of price: ExactDecimal?) -> Amount? {
        price.map {
            Money($0).amount(
                percent: ExactDecimal(Int64(capMonths) * 100), minorDigits: Currency.minorDigits(of: currency))
        }
    }
}
