import GRDB
import SLA

extension FactWriter {
    func add(_ imported: RecordedImport) throws -> RecordedImport {
        let file = imported.file
        try db.execute(
            sql: "INSERT INTO imports (file, size, sha256, format, at, by) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                file.name, file.size, file.digest, file.format, imported.at.milliseconds, imported.by,
            ])
        var recorded = imported
        recorded.number = db.lastInsertedRowID
        for series in file.series {
            try db.execute(
                sql: """
                    INSERT INTO import_series (import, source, service, check_id, samples, first_at, last_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    recorded.number, series.source, series.check.service, series.check.check, series.samples,
                    series.first.milliseconds, series.last.milliseconds,
                ])
        }
        if let outcome = imported.outcome, let completedAt = imported.completedAt {
            try add(outcome, of: recorded.number, at: completedAt)
        }
        return recorded
    }

    func add(_ outcome: ImportOutcome, of number: Int64, at: Instant) throws {
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
