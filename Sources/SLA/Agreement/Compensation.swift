/// What a missed commitment is worth (clause 7; semantics §9).
public struct Compensation: Hashable, Sendable {
    /// The most that is paid, in months of the service's price.
    public var capMonths: Int
    /// The ISO 4217 code of the agreement's currency; nil where none is agreed.
    public var currency: String?
    /// What is due below which availability; in any order.
    public var tiers: [Tier]

    /// A share of the month's price, due where availability falls under a bound.
    public struct Tier: Hashable, Sendable {
        /// The bound, in percent.
        public var below: ExactDecimal
        /// The share of the month's price, in percent.
        public var percent: ExactDecimal

        /// `percent` of the price where availability is below `below`, both in percent.
        public init(below: ExactDecimal, percent: ExactDecimal) {
            self.below = below
            self.percent = percent
        }
    }

    /// The rule; a cap of six months and negotiation unless the agreement says otherwise.
    public init(capMonths: Int = 6, currency: String? = nil, tiers: [Tier] = []) {
        self.capMonths = capMonths
        self.currency = currency
        self.tiers = tiers
    }
}
