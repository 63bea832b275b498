import Digests
import GRDB
import SLA

extension FactWriter {
    /// Adds `draft`, sealed to the statement that was kept before it.
    func add(_ draft: ClosedStatement) throws -> ClosedStatement {
        let last = try Int64.fetchOne(db, StatementRow.select(max(Column("number"))))
        let number = (last ?? 0) + 1
        var statement = draft
        statement.previousSeal = try LedgerSnapshot(db: db, path: path).latestSeal()
        let changes = try JSONText.encode(statement.draft.changes)
        statement.seal = Digest.text(of: statement.sealed(changes: Digest.text(of: changes)))
        try StatementRow(statement, number: number, changes: changes).insert(db)
        for series in statement.draft.series { try StatementSeriesRow(series, of: number).insert(db) }
        return statement
    }
}
