import Ledger
import SLA

extension Ledger {
    /// Records `exclusion` with its details, and with it its revocation where it has one.
    /// - Throws: ``ExclusionError/duplicate(id:recordedAt:by:)``, ``ExclusionError/reserved(id:)``, ``LedgerError``.
    public func record(_ exclusion: Exclusion, details: ExclusionDetails = ExclusionDetails()) throws {
        _ = try amend(ExclusionAmendment(recording: [.init(exclusion, details: details)]))
    }

    /// Revokes the exclusion called `id`: from `at` on it does not stand.
    /// - Throws: ``ExclusionError/unknown(id:)``, ``ExclusionError/alreadyRevoked(id:at:by:reason:)``,
    ///   ``LedgerError``.
    public func revoke(id: String, at: Instant, by: String, reason: String) throws {
        _ = try amend(ExclusionAmendment(revoking: [.init(id: id, at: at, by: by, reason: reason)]))
    }

    /// Revokes and records together, in one transaction: at every instant either all of it is known or nothing.
    ///
    /// - Returns: the recorded exclusions; one without an identifier was given the next that is free of E1, E2, ….
    /// - Throws: ``ExclusionError``, ``LedgerError``; nothing is then recorded.
    public func amend(_ amendment: ExclusionAmendment) throws -> [Exclusion] {
        try amend { _ in amendment }
    }

    private func amend(_ decide: (ExclusionRegister) throws -> ExclusionAmendment) throws -> [Exclusion] {
        try record { snapshot in
            let register = ExclusionRegister(snapshot)
            return try register.facts(of: decide(register))
        }.exclusions
    }
}
