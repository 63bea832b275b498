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
