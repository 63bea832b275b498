import GRDB
import SLA

extension LedgerSnapshot {
    /// Every import, in the order in which they began.
    /// - Throws: ``LedgerError``.
    public func imports() throws -> [RecordedImport] {
        let series = Dictionary(
            grouping: try every { (row: ImportSeriesRow) in (row.import, row.series) }, by: \.0)
        let results = Dictionary(
            try every { (row: ImportResultRow) in
                (row.import, (at: Instant(milliseconds: row.at), outcome: try row.outcome()))
            }, uniquingKeysWith: { first, _ in first })
        return try every { (row: ImportRow) in
            let number = row.number ?? 0
            return RecordedImport(
                number: number,
                file: ImportedFile(
                    name: row.file, size: row.size, digest: row.sha256, format: row.format,
                    series: (series[number] ?? []).map(\.1)),
                at: Instant(milliseconds: row.at), by: row.by, completedAt: results[number]?.at,
                outcome: results[number]?.outcome)
        }
    }

    /// A number that grows whenever an import of samples is complete, and only then. It takes constant time to read.
    /// - Throws: ``LedgerError``.
    public func importsVersion() throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT coalesce(max(number), 0) FROM import_results")) ?? 0
    }

    /// The checks that imports have given samples since ``importsVersion()`` was `version`, with the first of them.
    /// - Throws: ``LedgerError``.
    public func importedChecks(since version: Int64) throws -> [CheckID: Instant] {
        let imports = ImportResultRow.filter(Column("number") > version).select(Column("import"))
        return Dictionary(
            try all(ImportSeriesRow.filter(imports.contains(Column("import")))) { ($0.series.check, $0.series.first) },
            uniquingKeysWith: min)
    }
}
