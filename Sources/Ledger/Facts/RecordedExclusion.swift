import SLA

/// An exclusion as the ledger has it, with what is known of its revocation.
public struct RecordedExclusion: Hashable, Sendable {
    /// The exclusion; `revokedAt` is nil while it stands.
    public let exclusion: Exclusion
    /// Who revoked it; nil while it stands, empty where that is not known.
    public let revokedBy: String?
    /// Why it was revoked; nil while it stands, empty where no reason is recorded.
    public let revocationReason: String?

    /// An exclusion and its revocation.
    public init(exclusion: Exclusion, revokedBy: String? = nil, revocationReason: String? = nil) {
        self.exclusion = exclusion
        self.revokedBy = revokedBy
        self.revocationReason = revocationReason
    }
}
