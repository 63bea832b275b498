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

    /// Records those of `entries` that the ledger does not have, and that `file` was imported, in one transaction.
    ///
    /// - Returns: how many are new, and how many were there already. Where all were, nothing is written.
    /// - Throws: ``ExclusionError/contradicted(ids:)`` where any says something else, ``LedgerError``; nothing is then
    ///   recorded.
    public func importExclusions(
        _ entries: [ExclusionAmendment.Entry], from file: ImportedFile, at: Instant, by: String
    ) throws -> ImportOutcome {
        var outcome = ImportOutcome()
        try record { snapshot in
            let decided = try ExclusionRegister(snapshot.exclusions())
                .facts(importing: entries, from: file, at: at, by: by)
            outcome = decided.outcome
            return decided.facts
        }
        return outcome
    }

    /// Records that the services of `exclusion` were locked or ended, as `details` say. An end takes the place of a
    /// lock of the same services that is open, which it closes.
    ///
    /// - Throws: ``SuspensionError/alreadySuspended(id:act:since:)``, ``LedgerError``.
    public func suspend(_ exclusion: Exclusion, details: ExclusionDetails, at now: Instant) throws -> Exclusion {
        try amend { try $0.suspending(exclusion, details: details, at: now) }.last ?? exclusion
    }

    /// Records that the lock called `id` ended at `end`, and gives the exclusion that now holds the time it lasted.
    ///
    /// - Throws: ``SuspensionError``, ``ExclusionError/unknown(id:)``, ``LedgerError``.
    public func unlock(id: String, end: Instant, at now: Instant, by: String, reason: String) throws -> Exclusion {
        let closed = try amend { try $0.unlocking(id, end: end, at: now, by: by, reason: reason) }.last
        guard let closed else { throw SuspensionError.notAnOpenLock(id: id) }
        return closed
    }

    private func amend(_ decide: (ExclusionRegister) throws -> ExclusionAmendment) throws -> [Exclusion] {
        try record { snapshot in
            let register = ExclusionRegister(try snapshot.exclusions())
            return try register.facts(of: decide(register))
        }.exclusions
    }
}
