/// What a customer pays for, and what is measured of it.
public struct Service: Hashable, Sendable {
    /// The identifier that samples, exclusions and reports use.
    public var id: String
    /// The customer's identifier.
    public var customer: String
    /// The groups it belongs to, as `rack-3`, for exclusions and incidents that strike many at once.
    public var groups: Set<String>
    /// The price of a month in the agreement's currency; nil where none is recorded. Of a counted month, the price at its
    /// last committed instant.
    public var price: ExactDecimal?
    /// The price over each stretch of a counted month that was paid for, in order; empty where it is ``price`` throughout.
    public var prices: [PaidTerm]
    /// The time that is paid for (clause 2); a term without end reaches to ``Instant/distantFuture``.
    public var paid: IntervalSet
    /// How its checks make up its state (semantics §3).
    public var mode: CheckMode
    /// Its checks, at least one, each with an identifier of its own.
    public var checks: [Check]
    /// Who answers for what it depends on; no figure follows from it.
    public var responsibility: Responsibility
    /// How it was measured before, since when (semantics §3.2); nil where it was always as it is.
    public var past: MeasuringRules?
    /// The contract that it belongs to; nil for its customer's.
    public var contract: ContractReference?

    /// A service.
    public init(
        id: String, customer: String, groups: Set<String> = [], price: ExactDecimal? = nil,
        prices: [PaidTerm] = [], paid: IntervalSet, mode: CheckMode = .all, checks: [Check],
        responsibility: Responsibility = Responsibility(), contract: ContractReference? = nil,
        past: MeasuringRules? = nil
    ) {
        self.id = id
        self.customer = customer
        self.groups = groups
        self.price = price
        self.prices = prices
        self.paid = paid
        self.mode = mode
        self.checks = checks
        self.responsibility = responsibility
        self.past = past
        self.contract = contract
    }

    /// How it is measured and whose it is, since when.
    public var rules: MeasuringRules { past ?? MeasuringRules(always: step(from: .distantPast)) }

    /// What is so from `instant` on, as it is: how its checks are probed is no part of it.
    func step(from instant: Instant) -> MeasuringRules.Step {
        MeasuringRules.Step(
            from: instant, customer: customer, groups: groups, mode: mode, checks: withoutProbes.checks)
    }

    /// The customers whose it ever was, as scopes name them.
    var customers: Set<String> { past.map { Set($0.steps.map(\.customer)) } ?? [customer] }

    /// The groups that it ever belonged to.
    var everyGroup: Set<String> { past.map { $0.steps.reduce([]) { $0.union($1.groups) } } ?? groups }

    /// The same service, as `rules` say that it is measured and whose it is.
    public func measured(by rules: MeasuringRules) -> Service {
        var service = self
        let last = rules.steps[rules.steps.count - 1]
        (service.customer, service.groups, service.mode) = (last.customer, last.groups, last.mode)
        // What was never anything else needs no history; what is not watched any more keeps the checks that it had.
        service.past = rules.isConstant && !last.checks.isEmpty ? nil : rules
        if !last.checks.isEmpty { service.checks = last.checks }
        return service
    }
}
