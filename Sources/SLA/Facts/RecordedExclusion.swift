/// An exclusion as the ledger has it, with what is known of its revocation.
public struct RecordedExclusion: Hashable, Sendable {
    /// The exclusion; `revokedAt` is nil while it stands.
    public let exclusion: Exclusion
    /// Who revoked it; nil while it stands, empty where that is not known.
    public let revokedBy: String?
    /// Why it was revoked; nil while it stands, empty where no reason is recorded.
    public let revocationReason: String?
    /// What is known of it besides what decides about it.
    public let details: ExclusionDetails

    /// An exclusion, its revocation and its details.
    public init(
        exclusion: Exclusion, revokedBy: String? = nil, revocationReason: String? = nil,
        details: ExclusionDetails = ExclusionDetails()
    ) {
        self.exclusion = exclusion
        self.details = details
        self.revokedBy = revokedBy
        self.revocationReason = revocationReason
    }
}
