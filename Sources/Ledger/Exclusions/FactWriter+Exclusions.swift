import GRDB
import SLA

extension FactWriter {
    /// Adds an exclusion, with the next free identifier where it has none, and gives it as it was recorded.
    func add(_ draft: ExclusionAmendment.Entry) throws -> ExclusionAmendment.Entry {
        var entry = draft
        if entry.exclusion.id.isEmpty { entry.exclusion.id = try nextExclusion() }
        try ExclusionRow(entry.exclusion).insert(db)
        let number = db.lastInsertedRowID
        if !entry.details.isEmpty { try ExclusionDetailsRow(entry.details, of: number).insert(db) }
        if let revokedAt = entry.exclusion.revokedAt {
            let revocation = ExclusionAmendment.Revocation(id: entry.exclusion.id, at: revokedAt, by: "", reason: "")
            try ExclusionRevocationRow(revocation, of: number).insert(db)
        }
        return entry
    }

    func add(_ revocation: ExclusionAmendment.Revocation) throws {
        let row = ExclusionRow.filter(Column("id") == revocation.id).select(Column("number"))
        guard let number = try Int64.fetchOne(db, row) else { throw ExclusionError.unknown(id: revocation.id) }
        try ExclusionRevocationRow(revocation, of: number).insert(db)
    }

    private func nextExclusion() throws -> String {
        var number = try ExclusionRow.fetchCount(db) + 1
        // Somebody may have given an identifier of this form by hand.
        while try !ExclusionRow.filter(Column("id") == "E\(number)").isEmpty(db) { number += 1 }
        return "E\(number)"
    }
}
