import Ledger
import SLA

extension Recording {
    /// Revokes the exclusion called `id`: it stays in the record, and is applied to nothing from now on.
    ///
    /// - Throws: `InvalidRequest`, `ExclusionError`, `LedgerError`; nothing is then recorded.
    public func revokeExclusion(_ id: String, reason: String) throws -> RevocationReceipt {
        let revocation = ExclusionAmendment.Revocation(id: id, at: now, by: by, reason: reason)
        try ledger.record { snapshot in
            var check = RequestCheck()
            check.notBlank(.reason, reason)
            check.name(by)
            try check.finish()
            return try ExclusionRegister(snapshot.exclusions()).facts(of: ExclusionAmendment(revoking: [revocation]))
        }
        return RevocationReceipt(revocation: revocation, zone: calendar.zone)
    }
}
