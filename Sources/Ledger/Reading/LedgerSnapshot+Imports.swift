import GRDB
import SLA

/// How samples compare with those that the ledger has.
public struct SampleComparison: Hashable, Sendable {
    /// How many the ledger does not have.
    public var new = 0
    /// How many it has with the same state.
    public var repeated = 0
    /// Those it has with another state.
    public var conflicts: [SampleConflict] = []

    /// Nothing yet.
    public init() {}
}

extension LedgerSnapshot {
    /// Compares `samples` of `check`, in order of time, with those of the ledger.
    /// - Throws: ``LedgerError``.
    public func compare(_ samples: some Sequence<Sample>, of check: CheckID) throws -> SampleComparison {
        var comparison = SampleComparison()
        guard let series = try series(check) else {
            for _ in samples { comparison.new += 1 }
            return comparison
        }
        var recorded: RowCursor?
        var row: Row?
        for sample in samples {
            if recorded == nil {
                let statement = try db.makeStatement(
                    sql: "SELECT at, state FROM samples WHERE series = ? AND at >= ? ORDER BY at")
                recorded = try Row.fetchCursor(statement, arguments: [series, sample.at.milliseconds])
                row = try recorded?.next()
            }
            while let known = row, try known.instant(0) < sample.at { row = try recorded?.next() }
            guard let known = row, try known.instant(0) == sample.at else {
                comparison.new += 1
                continue
            }
            let state = try known.sampleState(1, path: path)
            if state == sample.state {
                comparison.repeated += 1
            } else {
                comparison.conflicts.append(
                    SampleConflict(check: check, at: sample.at, kept: state, refused: sample.state))
            }
        }
        return comparison
    }

    /// Every import, in the order in which they began.
    /// - Throws: ``LedgerError``.
    public func imports() throws -> [RecordedImport] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT i.number, i.file, i.size, i.sha256, i.format, i.at, i.by,
                    r.at, r.recorded, r.repeated, r.kept, r.dropped
                FROM imports i LEFT JOIN import_results r ON r.import = i.number ORDER BY i.number
                """)
        return try rows.map { row in
            let number = try row.decode(Int64.self, atIndex: 0)
            let completedAt = try row.optionalInstant(7)
            return RecordedImport(
                number: number,
                file: ImportedFile(
                    name: try row.decode(String.self, atIndex: 1), size: try row.decode(Int.self, atIndex: 2),
                    digest: try row.decode(String.self, atIndex: 3), format: try row.decode(String.self, atIndex: 4),
                    series: try importedSeries(where: "import = ?", [number])),
                at: try row.instant(5), by: try row.decode(String.self, atIndex: 6), completedAt: completedAt,
                outcome: try completedAt.map { _ in
                    ImportOutcome(
                        recorded: try row.decode(Int.self, atIndex: 8), repeated: try row.decode(Int.self, atIndex: 9),
                        kept: try row.decode(Int.self, atIndex: 10),
                        dropped: try drops(try row.decode(String.self, atIndex: 11)))
                })
        }
    }

    /// A number that grows whenever an import of samples is complete, and only then. It takes constant time to read.
    /// - Throws: ``LedgerError``.
    public func importsVersion() throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT coalesce(max(number), 0) FROM import_results")) ?? 0
    }

    /// The checks that imports have given samples since ``importsVersion()`` was `version`.
    /// - Throws: ``LedgerError``.
    public func importedChecks(since version: Int64) throws -> Set<CheckID> {
        Set(
            try importedSeries(
                where: "import IN (SELECT import FROM import_results WHERE number > ?)", [version]
            ).map(\.check))
    }

    private func importedSeries(
        where condition: String, _ arguments: StatementArguments
    ) throws -> [ImportedFile.Series] {
        let sql = """
            SELECT source, service, check_id, samples, first_at, last_at FROM import_series
            WHERE \(condition) ORDER BY number
            """
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
            ImportedFile.Series(
                source: try row.decode(String.self, atIndex: 0),
                check: CheckID(
                    service: try row.decode(String.self, atIndex: 1), check: try row.decode(String.self, atIndex: 2)),
                samples: try row.decode(Int.self, atIndex: 3), first: try row.instant(4), last: try row.instant(5))
        }
    }

    private func drops(_ text: String) throws -> [ImportOutcome.Drop] {
        try JSONText.decode([[String]].self, from: text, path: path).map { pair in
            guard pair.count == 2, let count = Int(pair[1]) else {
                throw LedgerError.damaged(path: path, reason: "unexpected JSON \(text)")
            }
            return ImportOutcome.Drop(reason: pair[0], count: count)
        }
    }
}

extension Ledger {
    /// See ``LedgerSnapshot/imports()``.
    public func imports() throws -> [RecordedImport] {
        try read { try $0.imports() }
    }

    /// See ``LedgerSnapshot/importsVersion()``.
    public func importsVersion() throws -> Int64 {
        try read { try $0.importsVersion() }
    }
}
