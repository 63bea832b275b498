/// What a missed commitment is worth to the customer (clause 7; semantics §9).
public struct Credit: Hashable, Sendable {
    /// How it was found.
    public enum Basis: Hashable, Sendable {
        /// By the tier that gives this share of the month's price, in percent.
        case tier(percent: ExactDecimal)
        /// By agreement with the customer: no tier says anything.
        case negotiate
    }

    /// How it was found.
    public let basis: Basis
    /// What the tier gives, at most the cap; nil where there is no tier or no price.
    public let computed: Amount?
    /// The most that is paid; nil where no price is recorded.
    public let cap: Amount?
    /// What was agreed over the computed amount; nil where nothing was.
    public let negotiation: Negotiation?
    /// What is to be paid: the negotiated amount, else the computed one, neither above the cap; nil where it has yet
    /// to be agreed, or no price is recorded.
    public let due: Amount?

    /// What reports print: what is to be paid, or the cap where that has yet to be agreed; rounded half up once.
    public var amount: String? { (due ?? (basis == .negotiate ? cap : nil))?.text }

    /// What is due for `availability`, or nil where nothing is.
    ///
    /// - Parameter negotiation: what was agreed. It counts whatever the verdict: people have given their word.
    init?(
        availability: Ratio?, verdict: Verdict, price: ExactDecimal?, under rule: Compensation,
        negotiation: Negotiation? = nil
    ) {
        let digits = Currency.minorDigits(of: rule.currency)
        let cap = rule.cap(of: price)
        func capped(_ money: Money) -> Amount {
            let amount = money.amount(minorDigits: digits)
            return cap.map { min(amount, $0) } ?? amount
        }
        let tier = rule.tiers.filter { availability?.isAtLeast($0.below) == false }.min { $0.below < $1.below }
        if let tier {
            basis = .tier(percent: tier.percent)
            computed = price.map { capped(Money.exactly($0, percent: tier.percent)) }
        } else {
            guard negotiation != nil || (rule.tiers.isEmpty && verdict == .breached) else { return nil }
            basis = .negotiate
            computed = nil
        }
        self.cap = cap
        self.negotiation = negotiation
        due = negotiation?.amount.map { capped(Money.exactly($0)) } ?? computed
    }
}
