/// A stretch of time that the billing system says is paid for, with its price.
public struct BilledTerm: Hashable, Sendable {
    /// The time; a term without end reaches to ``Instant/distantFuture``.
    public var interval: Interval
    /// The price of a month in the agreement's currency; nil where the billing system names none.
    public var price: ExactDecimal?
    /// The plan's name, for people; empty where none is given.
    public var plan: String

    /// A term.
    public init(interval: Interval, price: ExactDecimal? = nil, plan: String = "") {
        self.interval = interval
        self.price = price
        self.plan = plan
    }
}
