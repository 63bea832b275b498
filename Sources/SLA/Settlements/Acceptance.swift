/// A customer's word that a credit which a statement has named may be lowered (semantics §9).
public struct Acceptance: Hashable, Sendable {
    /// The month of the statement.
    public var month: CivilMonth
    /// The service's identifier.
    public var service: String
    /// What the customer accepts in its place, at least, in the agreement's currency.
    public var amount: ExactDecimal
    /// Why.
    public var reason: String
    /// What proves it: the customer's letter.
    public var evidence: String
    /// When it was recorded.
    public var recordedAt: Instant
    /// Who recorded it.
    public var recordedBy: String

    /// An acceptance about `service` in `month`.
    public init(
        month: CivilMonth, service: String, amount: ExactDecimal, reason: String, evidence: String,
        recordedAt: Instant, recordedBy: String
    ) {
        self.month = month
        self.service = service
        self.amount = amount
        self.reason = reason
        self.evidence = evidence
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }
}
