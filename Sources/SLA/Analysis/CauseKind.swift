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

    /// What `cause` says.
    public init(_ cause: Cause) {
        switch cause {
        case .name: self = .name
        case .certificate: self = .certificate
        case .atAddress(_, _, let cause): self = Self(cause)
        case .unexpected(.status(let status, _)) where Self.deliveryNetworkStatuses.contains(status):
            self = .deliveryNetwork(status: status)
        case .text(let words): self = Self(words: words)
        default: self = .service
        }
    }

    /// What words say: those of an earlier version, to which a cause was a sentence, in its ledgers, and ours in
    /// histories that were exported from a ledger.
    private init(words: String) {
        if words.hasPrefix("name does not exist") || words.hasPrefix("name has no ") {
            self = .name
        } else if words.hasPrefix("certificate ") || words.hasPrefix("issuer's certificate ") {
            self = .certificate
        } else if let status = Self.status(words), Self.deliveryNetworkStatuses.contains(status) {
            self = .deliveryNetwork(status: status)
        } else {
            self = .service
        }
    }

    /// The statuses that Cloudflare gives of itself: 520 to 527, and 530.
    private static let deliveryNetworkStatuses: Set<Int> = Set(520...527).union([530])

    private static func status(_ words: String) -> Int? {
        guard words.hasPrefix("status ") else { return nil }
        return Int(words.dropFirst(7).prefix { $0.isASCII && $0.isNumber })
    }
}
