import GRDB
import SLA

/// What tells whether facts are still all there: how many rows there are, and the triggers that keep them.
extension LedgerSnapshot {
    /// How many rows each table of facts has, a line a table: `name TAB rows TAB greatest number`.
    ///
    /// Tables whose rows have no number (the samples) are left out: a statement keeps its samples themselves.
    /// - Throws: ``LedgerError``.
    public func state() throws -> String {
        try numberedTables().map { table in
            let row = try Row.fetchOne(db, sql: "SELECT count(*), coalesce(max(rowid), 0) FROM \(table)")
            let (count, greatest) = (try row?.decode(Int64.self, atIndex: 0), try row?.decode(Int64.self, atIndex: 1))
            return "\(table)\t\(count ?? 0)\t\(greatest ?? 0)\n"
        }.joined()
    }

    /// The tables that have lost rows since `state` was taken, each as a sentence.
    /// - Throws: ``LedgerError``.
    public func losses(since state: String) throws -> [String] {
        let tables = Set(try numberedTables())
        return try state.split(separator: "\n" as Character).compactMap { line in
            let parts = line.split(separator: "\t" as Character)
            guard parts.count == 3, let count = Int64(parts[1]), let greatest = Int64(parts[2]) else {
                return "the kept state of the ledger has the line \(line)"
            }
            guard tables.contains(String(parts[0])) else { return "the table \(parts[0]) is missing" }
            let now =
                try Int64.fetchOne(
                    db, sql: "SELECT count(*) FROM \(parts[0]) WHERE rowid <= ?", arguments: [greatest]) ?? 0
            guard now < count else { return nil }
            return "\(count - now) of \(count) rows of \(parts[0]) are missing"
        }
    }

    /// What is wrong with the triggers that refuse to change or delete facts, each as a sentence, and how many there
    /// should be.
    /// - Throws: ``LedgerError``.
    public func triggerProblems() throws -> (problems: [String], expected: Int) {
        let found = Dictionary(
            try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").map { row in
                (try row.decode(String.self, atIndex: 0), try row.decode(String.self, atIndex: 1))
            }, uniquingKeysWith: { first, _ in first })
        var problems: [String] = []
        for table in Schema.factTables {
            for operation in ["UPDATE", "DELETE"] {
                let name = "\(table)_no_\(operation.lowercased())"
                switch found[name] {
                case nil: problems.append("the trigger \(name) is missing: rows of \(table) could be changed unseen")
                case Schema.refusal(of: operation, on: table): break
                case _?: problems.append("the trigger \(name) was changed")
                }
            }
        }
        return (problems, Schema.factTables.count * 2)
    }

    /// The tables of facts whose rows have numbers, sorted.
    private func numberedTables() throws -> [String] {
        let numbered = try String.fetchAll(
            db, sql: "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND wr = 0")
        return Set(numbered).intersection(Schema.factTables).sorted()
    }

    /// The samples of `check` from `first` to `last`, both included, in the order of `at`.
    /// - Throws: ``LedgerError``.
    public func samples(of check: CheckID, from first: Instant, through last: Instant) throws -> PackedSamples {
        let statement = try db.cachedStatement(
            sql: """
                SELECT at, state FROM samples
                WHERE series = (SELECT id FROM series WHERE service = ? AND check_id = ?) AND at BETWEEN ? AND ?
                ORDER BY at
                """)
        let rows = try Row.fetchCursor(
            statement, arguments: [check.service, check.check, first.milliseconds, last.milliseconds])
        var samples = PackedSamples()
        while let row = try rows.next() {
            samples.append(Sample(at: try row.instant(0), state: try row.sampleState(1, path: path)))
        }
        return samples
    }
}
