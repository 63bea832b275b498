import GRDB
import SLA

extension Ledger {
    /// Records that the samples of `file` are about to be taken, and gives the import's number. One of the same
    /// content that was interrupted goes on under its own.
    /// - Throws: ``LedgerError``.
    public func beginImport(_ file: ImportedFile, at: Instant, by: String) throws -> Int64 {
        try write { db in
            let interrupted = try Int64.fetchOne(
                db,
                sql: """
                    SELECT number FROM imports
                    WHERE sha256 = ? AND format = ? AND number NOT IN (SELECT import FROM import_results)
                    ORDER BY number DESC LIMIT 1
                    """,
                arguments: [file.digest, file.format])
            if let interrupted, try Self.sameSeries(file, of: interrupted, in: db) { return interrupted }
            return try Self.addImport(file, at: at, by: by, to: db)
        }
    }

    /// Records what became of the import `number`.
    /// - Throws: ``LedgerError``.
    public func finishImport(_ number: Int64, _ outcome: ImportOutcome, at: Instant) throws {
        try write { db in try Self.addOutcome(outcome, of: number, at: at, to: db) }
        keepLog()
    }

    /// Whether the interrupted import took the same series for the same checks: with another map it is another import.
    private static func sameSeries(_ file: ImportedFile, of number: Int64, in db: Database) throws -> Bool {
        let rows = try Row.fetchAll(
            db, sql: "SELECT source, service, check_id FROM import_series WHERE import = ?", arguments: [number])
        let known = try rows.map {
            [
                try $0.decode(String.self, atIndex: 0), try $0.decode(String.self, atIndex: 1),
                try $0.decode(String.self, atIndex: 2),
            ]
        }
        return Set(known) == Set(file.series.map { [$0.source, $0.check.service, $0.check.check] })
    }

    static func addImport(_ file: ImportedFile, at: Instant, by: String, to db: Database) throws -> Int64 {
        try db.execute(
            sql: "INSERT INTO imports (file, size, sha256, format, at, by) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [file.name, file.size, file.digest, file.format, at.milliseconds, by])
        let number = db.lastInsertedRowID
        for series in file.series {
            try db.execute(
                sql: """
                    INSERT INTO import_series (import, source, service, check_id, samples, first_at, last_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    number, series.source, series.check.service, series.check.check, series.samples,
                    series.first.milliseconds, series.last.milliseconds,
                ])
        }
        return number
    }

    static func addOutcome(_ outcome: ImportOutcome, of number: Int64, at: Instant, to db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO import_results (import, at, recorded, repeated, kept, dropped)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                number, at.milliseconds, outcome.recorded, outcome.repeated, outcome.kept,
                try JSONText.encode(outcome.dropped.map { [$0.reason, String($0.count)] }),
            ])
    }
}
