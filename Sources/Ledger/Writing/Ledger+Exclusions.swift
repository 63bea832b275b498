import GRDB
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
        try write { db in
            for revocation in amendment.revoking { try revoke(revocation, in: db) }
            return try amendment.recording.map { try insert($0.exclusion, $0.details, into: db) }
        }
    }

    /// Records those of `entries` that the ledger does not have, and that `file` was imported, in one transaction.
    ///
    /// - Parameter isSame: whether an entry says what the recorded exclusion of its identifier says.
    /// - Returns: how many are new, and how many were there already. Where all were, nothing is written.
    /// - Throws: ``ExclusionError/contradicted(ids:)`` where any says something else, ``LedgerError``; nothing is then
    ///   recorded.
    public func importExclusions(
        _ entries: [ExclusionAmendment.Entry], from file: ImportedFile, at: Instant, by: String,
        isSame: (ExclusionAmendment.Entry, RecordedExclusion) -> Bool
    ) throws -> ImportOutcome {
        try write { db in
            let snapshot = LedgerSnapshot(db: db, path: path)
            var outcome = ImportOutcome()
            var contradicted: [String] = []
            for entry in entries {
                if let known = try snapshot.exclusion(entry.exclusion.id) {
                    if isSame(entry, known) { outcome.repeated += 1 } else { contradicted.append(entry.exclusion.id) }
                    continue
                }
                _ = try insert(entry.exclusion, entry.details, into: db)
                outcome.recorded += 1
            }
            if !contradicted.isEmpty { throw ExclusionError.contradicted(ids: contradicted) }
            guard outcome.recorded > 0 else { return outcome }
            try Self.addOutcome(outcome, of: Self.addImport(file, at: at, by: by, to: db), at: at, to: db)
            return outcome
        }
    }

    private static func nextID(in db: Database) throws -> String {
        var number = (try Int64.fetchOne(db, sql: "SELECT count(*) FROM exclusions") ?? 0) + 1
        // Somebody may have given an identifier of this form by hand.
        while try Int64.fetchOne(
            db, sql: "SELECT 1 FROM exclusions WHERE id = ?", arguments: ["E\(number)"]) != nil
        { number += 1 }
        return "E\(number)"
    }

    /// Adds an exclusion, with the next free identifier where it has none, and gives it as it was recorded.
    func insert(_ draft: Exclusion, _ details: ExclusionDetails, into db: Database) throws -> Exclusion {
        var exclusion = draft
        if exclusion.id.isEmpty { exclusion.id = try Self.nextID(in: db) }
        if MaintenanceClaim.isIdentifier(exclusion.id) { throw ExclusionError.reserved(id: exclusion.id) }
        if let earlier = try LedgerSnapshot(db: db, path: path).exclusion(exclusion.id)?.exclusion {
            throw ExclusionError.duplicate(id: earlier.id, recordedAt: earlier.recordedAt, by: earlier.recordedBy)
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
        let number = db.lastInsertedRowID
        if !details.isEmpty { try Self.addDetails(details, of: number, to: db) }
        if let revokedAt = exclusion.revokedAt {
            try Self.addRevocation(of: exclusion.id, at: revokedAt, by: "", reason: "", to: db)
        }
        return exclusion
    }

    private static func addDetails(_ details: ExclusionDetails, of number: Int64, to db: Database) throws {
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

    func revoke(_ revocation: ExclusionAmendment.Revocation, in db: Database) throws {
        guard let recorded = try LedgerSnapshot(db: db, path: path).exclusion(revocation.id) else {
            throw ExclusionError.unknown(id: revocation.id)
        }
        if let revokedAt = recorded.exclusion.revokedAt {
            throw ExclusionError.alreadyRevoked(
                id: revocation.id, at: revokedAt, by: recorded.revokedBy ?? "", reason: recorded.revocationReason ?? "")
        }
        try Self.addRevocation(
            of: revocation.id, at: revocation.at, by: revocation.by, reason: revocation.reason, to: db)
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
