/// Why an amount cannot be agreed as compensation.
public enum AmountRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is below zero.
    case negative
    /// It has more decimals than the currency, which has `digits`.
    case tooFine(digits: Int)
    /// It is above the cap, which is `cap` (`months` months' price).
    case aboveCap(cap: String, months: Int)
    /// The service has no price, so there is no cap to hold it against.
    case noPrice

    /// As messages say it: `above the cap of 6 months' price, 1200000`.
    public var description: String {
        switch self {
        case .negative: "below zero, expected 0 or more"
        case .tooFine(let digits):
            digits == 0
                ? "expected a whole number: the currency has no decimals" : "expected at most \(digits) decimals"
        case .aboveCap(let cap, let months): "above the cap of \(months) months' price, expected at most \(cap)"
        case .noPrice: "no price is recorded, and the cap is a multiple of it"
        }
    }
}

extension Compensation {
    /// Why `amount` cannot be agreed for a service of `price` a month; nil where it can (clause 7: the cap holds for
    /// a negotiated amount too).
    public func refusal(of amount: ExactDecimal, price: ExactDecimal?) -> AmountRefusal? {
        if amount < ExactDecimal(0) { return .negative }
        let digits = Currency.minorDigits(of: currency)
        let exact = Money.exactly(amount)
        guard exact.isWhole(minorDigits: digits) else { return .tooFine(digits: digits) }
        guard let cap = cap(of: price) else { return .noPrice }
        return exact.amount(minorDigits: digits) > cap ? .aboveCap(cap: cap.text, months: capMonths) : nil
    }

    /// The most that is paid for a service of `price` a month; nil where no price is recorded.
    func cap(of price: ExactDecimal?) -> Amount? {
        price.map {
            Money.exactly($0, times: Int128(capMonths) * 100).amount(minorDigits: Currency.minorDigits(of: currency))
        }
    }
}
