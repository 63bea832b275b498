/// A correction: time that was recorded as paid for, and never was (clause 2). It is never edited and never
/// deleted: it is reinstated, and another is recorded.
public struct PaidWithdrawal: Hashable, Sendable {
    /// Its identifier, unique among all withdrawals.
    public var id: String
    /// The service's identifier.
    public var service: String
    /// The time that does not count as paid.
    public var interval: Interval
    /// Why.
    public var reason: String
    /// When it was recorded.
    public var recordedAt: Instant
    /// Who recorded it.
    public var recordedBy: String
    /// Its end; nil while it stands.
    public var reinstatement: Reinstatement?

    /// The end of a withdrawal: the time counts again as the records say.
    public struct Reinstatement: Hashable, Sendable {
        /// When.
        public var at: Instant
        /// By whom.
        public var by: String
        /// Why.
        public var reason: String

        /// The end of a withdrawal.
        public init(at: Instant, by: String, reason: String) {
            self.at = at
            self.by = by
            self.reason = reason
        }
    }

    /// A withdrawal.
    public init(
        id: String, service: String, interval: Interval, reason: String, recordedAt: Instant, recordedBy: String,
        reinstatement: Reinstatement? = nil
    ) {
        self.id = id
        self.service = service
        self.interval = interval
        self.reason = reason
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
        self.reinstatement = reinstatement
    }

    /// Whether it is in force at `asOf`: recorded by then, and not reinstated by then.
    public func isInForce(asOf: Instant) -> Bool {
        recordedAt <= asOf && asOf < (reinstatement?.at ?? .distantFuture)
    }
}
