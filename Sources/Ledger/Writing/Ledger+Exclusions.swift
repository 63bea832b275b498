import GRDB
import SLA

extension Ledger {
    /// Records `exclusion`, and with it its revocation where it has one.
    /// - Throws: ``ExclusionError/duplicate(id:recordedAt:by:)``, ``LedgerError``.
    public func record(_ exclusion: Exclusion) throws {
        try write { db in
            if let earlier = try LedgerSnapshot(db: db, path: path).exclusion(exclusion.id)?.exclusion {
                throw ExclusionError.duplicate(
                    id: earlier.id, recordedAt: earlier.recordedAt, by: earlier.recordedBy)
            }
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
            if let revokedAt = exclusion.revokedAt {
                try Self.addRevocation(of: exclusion.id, at: revokedAt, by: "", reason: "", to: db)
            }
        }
    }

    /// Revokes the exclusion called `id`: from `at` on it does not stand.
    /// - Throws: ``ExclusionError/unknown(id:)``, ``ExclusionError/alreadyRevoked(id:at:by:reason:)``,
    ///   ``LedgerError``.
    public func revoke(id: String, at: Instant, by: String, reason: String) throws {
        try write { db in
            guard let recorded = try LedgerSnapshot(db: db, path: path).exclusion(id) else {
                throw ExclusionError.unknown(id: id)
            }
            if let revokedAt = recorded.exclusion.revokedAt {
                throw ExclusionError.alreadyRevoked(
                    id: id, at: revokedAt, by: recorded.revokedBy ?? "", reason: recorded.revocationReason ?? "")
            }
            try Self.addRevocation(of: id, at: at, by: by, reason: reason, to: db)
        }
    }

    private static func addRevocation(
        of id: String, at: Instant, by: String, reason: String, to db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO exclusion_revocations (exclusion, at, by, reason)
                SELECT number, ?, ?, ? FROM exclusions WHERE id = ?
                """,
            arguments: [at.milliseconds, by, reason, id])
    }
}
