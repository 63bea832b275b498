/// What a customer pays for, and what is measured of it.
public struct Service: Hashable, Sendable {
    /// The identifier that samples, exclusions and reports use.
    public var id: String
    /// The customer's identifier.
    public var customer: String
    /// The groups it belongs to, as `rack-3`, for exclusions and incidents that strike many at once.
    public var groups: Set<String>
    /// The price of a month in the agreement's currency; nil where none is recorded.
    public var price: ExactDecimal?
    /// The time that is paid for (clause 2); a term without end reaches to ``Instant/distantFuture``.
    public var paid: IntervalSet
    /// How its checks make up its state (semantics §3).
    public var mode: CheckMode
    /// Its checks, at least one, each with an identifier of its own.
    public var checks: [Check]
    /// Who answers for what it depends on; no figure follows from it.
    public var responsibility: Responsibility

    /// A service.
    public init(
        id: String, customer: String, groups: Set<String> = [], price: ExactDecimal? = nil, paid: IntervalSet,
        mode: CheckMode = .all, checks: [Check], responsibility: Responsibility = Responsibility()
    ) {
        self.id = id
        self.customer = customer
        self.groups = groups
        self.price = price
        self.paid = paid
        self.mode = mode
        self.checks = checks
        self.responsibility = responsibility
    }
}
