/// What people have said of compensation, of any service and any month, each in the order in which it was recorded
/// (clause 7; semantics §9).
public struct Settlements: Hashable, Sendable {
    /// What was agreed over computed amounts, and the ends of such agreements.
    public var negotiations: [Negotiation]
    /// What customers have claimed.
    public var claims: [Claim]
    /// What customers have accepted to be lowered.
    public var acceptances: [Acceptance]

    /// What was said; nothing unless given.
    public init(negotiations: [Negotiation] = [], claims: [Claim] = [], acceptances: [Acceptance] = []) {
        self.negotiations = negotiations
        self.claims = claims
        self.acceptances = acceptances
    }

    /// What is known at `asOf` of `month`.
    public func known(of month: CivilMonth, asOf: Instant) -> Settlements {
        Settlements(
            negotiations: negotiations.filter { $0.month == month && $0.recordedAt <= asOf },
            claims: claims.filter { $0.month == month }.compactMap { $0.known(asOf: asOf) },
            acceptances: acceptances.filter { $0.month == month && $0.recordedAt <= asOf })
    }

    /// The claims of `service` in `month` that are settled at `asOf`.
    public func settledClaims(of service: String, in month: CivilMonth, asOf: Instant) -> [Claim] {
        claims.filter { $0.service == service && $0.month == month }.compactMap { $0.known(asOf: asOf) }
            .filter { $0.settlement != nil }
    }

    /// The last word of the customer of `service` about lowering the credit of `month`, known at `asOf`.
    public func acceptance(of service: String, in month: CivilMonth, asOf: Instant) -> Acceptance? {
        acceptances.last { $0.service == service && $0.month == month && $0.recordedAt <= asOf }
    }
}
