/// What a missed commitment is worth (clause 7; semantics §9).
public struct Compensation: Hashable, Sendable {
    /// The most that is paid, in months of the service's price.
    public var capMonths: Int
    /// The ISO 4217 code of the agreement's currency; nil where none is agreed.
    public var currency: String?
    /// What is due below which availability; in any order.
    public var tiers: [Tier]
    /// Whether what was paid for a month is each price over its part of the month; else it is the price at the month's
    /// last committed instant, whole.
    public var isProrated: Bool
    /// What becomes of a month whose credit is not the same at both bounds.
    public var uncertain: UncertainMonth

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

    /// What becomes of a month whose credit is not the same at both bounds.
    public enum UncertainMonth: String, CaseIterable, Hashable, Sendable {
        /// A person settles it.
        case settle
        /// The amount follows from the availability itself.
        case pay
    }

    /// The rule; a cap of six months, negotiation, and what is uncertain to be settled unless the agreement says
    /// otherwise.
    public init(
        capMonths: Int = 6, currency: String? = nil, tiers: [Tier] = [], isProrated: Bool = true,
        uncertain: UncertainMonth = .settle
    ) {
        self.capMonths = capMonths
        self.currency = currency
        self.tiers = tiers
        self.isProrated = isProrated
        self.uncertain = uncertain
    }
}
