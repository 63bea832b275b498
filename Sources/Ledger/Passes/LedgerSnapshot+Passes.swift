import GRDB
import SLA

extension LedgerSnapshot {
    /// Every end of a pass that is recorded, in the order in which they were.
    /// - Throws: ``LedgerError``.
    public func passEnds() throws -> [PassEnd] {
        try every { (row: PassEndRow) in row.end }
    }

    /// The daemon's pass: the one that began last.
    /// - Throws: ``LedgerError``.
    public func currentPass() throws -> Pass {
        try Pass.fetchOne(db, sql: "SELECT next FROM pass_ends WHERE next IS NOT NULL ORDER BY number DESC LIMIT 1")
            ?? 0
    }

    /// A pass that no sample is of, and none was ever said to be of: the next one.
    /// - Throws: ``LedgerError``.
    public func nextPass() throws -> Pass {
        let greatest = try Pass.fetchOne(
            db,
            sql: """
                SELECT max(coalesce((SELECT max(pass) FROM series), 0),
                    coalesce((SELECT max(max(pass, coalesce(next, 0))) FROM pass_ends), 0))
                """)
        return (greatest ?? 0) + 1
    }

    /// A number that grows whenever the end of a pass is recorded, and only then.
    /// - Throws: ``LedgerError``.
    public func passesVersion() throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT coalesce(max(number), 0) FROM pass_ends")) ?? 0
    }
}
