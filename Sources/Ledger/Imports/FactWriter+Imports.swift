import GRDB
import SLA

extension FactWriter {
    /// Adds an import under the next number, and with it its outcome where it has one.
    func add(_ imported: RecordedImport) throws -> RecordedImport {
        try ImportRow(imported).insert(db)
        var recorded = imported
        recorded.number = db.lastInsertedRowID
        for series in imported.file.series { try ImportSeriesRow(series, of: recorded.number).insert(db) }
        if let outcome = imported.outcome, let completedAt = imported.completedAt {
            try add(outcome, of: recorded.number, at: completedAt)
        }
        return recorded
    }

    func add(_ outcome: ImportOutcome, of number: Int64, at: Instant) throws {
        try ImportResultRow(outcome, of: number, at: at).insert(db)
    }
}
