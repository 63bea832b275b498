/// What the cause of a failed probe says about whose fault it may be.
public enum CauseKind: Hashable, Sendable {
    /// The name does not exist, or has no address.
    case name
    /// The certificate has ended, is for other names, or is not trusted.
    case certificate
    /// A content delivery network's own error page, by its status.
    case deliveryNetwork(status: Int)
    /// Anything else: it speaks of the service itself.
    case service

    /// What `cause` says, in the words of a probe.
    public init(_ cause: String) {
        if cause.hasPrefix("name does not exist") {
            self = .name
        } else if cause.hasPrefix("certificate ") || cause.hasPrefix("issuer's certificate ") {
            self = .certificate
        } else if let status = Self.status(cause), Self.deliveryNetworkStatuses.contains(status) {
            self = .deliveryNetwork(status: status)
        } else {
            self = .service
        }
    }

    /// The statuses that Cloudflare gives of itself: 520 to 527, and 530.
    private static let deliveryNetworkStatuses: Set<Int> = Set(520...527).union([530])

    private static func status(_ cause: String) -> Int? {
        guard cause.hasPrefix("status ") else { return nil }
        return Int(cause.dropFirst(7).prefix { $0.isASCII && $0.isNumber })
    }
}
