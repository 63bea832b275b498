import GRDB
import SLA

extension FactWriter {
    func add(_ draft: ExclusionAmendment.Entry) throws -> ExclusionAmendment.Entry {
        var entry = draft
        if entry.exclusion.id.isEmpty { entry.exclusion.id = try nextExclusion() }
        let exclusion = entry.exclusion
        try db.execute(
            sql: """
                INSERT INTO exclusions
                    (id, category, scope, start_at, end_at, notice_at, evidence, recorded_at, recorded_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                exclusion.id, exclusion.category.rawValue, try JSONText.encode(exclusion.scope.map(\.text)),
                exclusion.interval.start.milliseconds, exclusion.interval.end.milliseconds,
                exclusion.noticeAt?.milliseconds, exclusion.evidence,
                exclusion.recordedAt?.milliseconds, exclusion.recordedBy,
            ])
        let number = db.lastInsertedRowID
        if !entry.details.isEmpty { try add(entry.details, of: number) }
        if let revokedAt = exclusion.revokedAt {
            try add(ExclusionAmendment.Revocation(id: exclusion.id, at: revokedAt, by: "", reason: ""))
        }
        return entry
    }

    func add(_ revocation: ExclusionAmendment.Revocation) throws {
        let number = try Int64.fetchOne(
            db, sql: "SELECT number FROM exclusions WHERE id = ?", arguments: [revocation.id])
        guard let number else { throw ExclusionError.unknown(id: revocation.id) }
        try db.execute(
            sql: "INSERT INTO exclusion_revocations (exclusion, at, by, reason) VALUES (?, ?, ?, ?)",
            arguments: [number, revocation.at.milliseconds, revocation.by, revocation.reason])
    }

    private func add(_ details: ExclusionDetails, of number: Int64) throws {
        try db.execute(
            sql: """
                INSERT INTO exclusion_details
                    (exclusion, kind, act, breach, outage_service, outage_start, origin)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                number, details.kind?.rawValue, details.act?.rawValue, details.breach, details.outage?.service,
                details.outage?.start.milliseconds, details.origin,
            ])
    }

    private func nextExclusion() throws -> String {
        var number = (try Int64.fetchOne(db, sql: "SELECT count(*) FROM exclusions") ?? 0) + 1
        // Somebody may have given an identifier of this form by hand.
        while try Int64.fetchOne(
            db, sql: "SELECT 1 FROM exclusions WHERE id = ?", arguments: ["E\(number)"]) != nil
        { number += 1 }
        return "E\(number)"
    }
}
