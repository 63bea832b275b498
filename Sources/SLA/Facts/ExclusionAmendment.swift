/// Exclusions to be revoked and recorded together: what was recorded is never edited, so an edit is both.
public struct ExclusionAmendment: Hashable, Sendable {
    /// What is revoked, first.
    public var revoking: [Revocation]
    /// What is recorded.
    public var recording: [Entry]

    /// The end of an exclusion.
    public struct Revocation: Hashable, Sendable {
        /// The exclusion's identifier.
        public var id: String
        /// From when on it does not stand.
        public var at: Instant
        /// Who revokes it.
        public var by: String
        /// Why.
        public var reason: String

        /// A revocation.
        public init(id: String, at: Instant, by: String, reason: String) {
            self.id = id
            self.at = at
            self.by = by
            self.reason = reason
        }
    }

    /// An exclusion with its details; its identifier may be empty.
    public struct Entry: Hashable, Sendable {
        /// The exclusion.
        public var exclusion: Exclusion
        /// What is known of it besides.
        public var details: ExclusionDetails

        /// An entry.
        public init(_ exclusion: Exclusion, details: ExclusionDetails = ExclusionDetails()) {
            self.exclusion = exclusion
            self.details = details
        }
    }

    /// An amendment.
    public init(revoking: [Revocation] = [], recording: [Entry] = []) {
        self.revoking = revoking
        self.recording = recording
    }
}
