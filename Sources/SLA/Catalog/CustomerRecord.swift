/// What the configuration said of a customer from an instant on.
public struct CustomerRecord: Hashable, Sendable {
    /// The customer; its address is not kept.
    public var customer: Customer
    /// When it became known.
    public var recordedAt: Instant
    /// Who recorded it.
    public var recordedBy: String

    /// What `customer` was.
    public init(customer: Customer, recordedAt: Instant, recordedBy: String) {
        self.customer = customer
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
    }
}
