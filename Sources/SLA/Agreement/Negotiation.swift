/// An amount of compensation agreed with a customer over the computed one, or the end of that agreement
/// (clause 7; semantics §9). Records of a month are never edited and never deleted: the last one known counts.
public struct Negotiation: Hashable, Sendable {
    /// The month it is about.
    public var month: CivilMonth
    /// The service's identifier.
    public var service: String
    /// The amount in the agreement's currency, 0 or more; nil where the agreement was withdrawn, and the computed
    /// amount counts again.
    public var amount: ExactDecimal?
    /// Why.
    public var reason: String
    /// When it was recorded.
    public var recordedAt: Instant
    /// Who recorded it.
    public var recordedBy: String

    /// A record about `service` in `month`.
    public init(
        month: CivilMonth, service: String, amount: ExactDecimal?, reason: String, recordedAt: Instant,
        recordedBy: String
    ) {
        self.month = month
        self.service = service
        self.amount = amount
        self.reason = reason
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }

    /// The record in force for `service` in `month` at `asOf`; nil where there is none, or it was withdrawn.
    ///
    /// - Parameter records: of any service and month, in the order in which they were recorded.
    public static func inForce(
        _ records: [Negotiation], of service: String, in month: CivilMonth, asOf: Instant
    ) -> Negotiation? {
        let last = records.last { $0.service == service && $0.month == month && $0.recordedAt <= asOf }
        return last.flatMap { $0.amount == nil ? nil : $0 }
    }
}

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
