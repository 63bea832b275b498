/// A service that an incident concerns, with what was known of it when it came in.
public struct AffectedService: Hashable, Sendable {
    /// The service's identifier.
    public var service: String
    /// The identifier of its customer at that time.
    public var customer: String
    /// Since when it was down, its first failed sample; nil where a person named it without an outage.
    public var downSince: Instant?
    /// The addresses that its failing checks spoke to, sorted; empty where none was reached for.
    public var addresses: [String]
    /// Why its first failing check failed, as a person says it; nil where that is not known.
    public var cause: Cause?

    /// A service and what is known of it.
    public init(
        service: String, customer: String, downSince: Instant? = nil, addresses: [String] = [], cause: Cause? = nil
    ) {
        self.service = service
        self.customer = customer
        self.downSince = downSince
        self.addresses = addresses
        self.cause = cause
    }
}
