import Intake
import Ledger
import SLA

extension Recording {
    /// Revokes the exclusion called `id`: it stays in the record, and is applied to nothing from now on.
    ///
    /// - Throws: `InvalidRequest`, `Unknown`, `ExclusionError`, `LedgerError`; nothing is then recorded.
    public func revokeExclusion(_ id: String, reason: String) throws -> RevocationReceipt {
        let revocation = ExclusionAmendment.Revocation(id: id, at: now, by: by, reason: reason)
        try ledger.record { snapshot in
            var check = RequestCheck()
            check.notBlank(.reason, reason)
            check.name(by)
            try check.finish()
            // Of those that follow from a plan the contract says more.
            if !MaintenanceClaim.isIdentifier(id), try snapshot.exclusion(id) == nil {
                throw Unknown(.exclusion, id, among: try snapshot.exclusions().map(\.exclusion.id))
            }
            return try ExclusionRegister(snapshot).facts(of: ExclusionAmendment(revoking: [revocation]))
        }
        return RevocationReceipt(revocation: revocation, zone: calendar.zone)
    }
}
