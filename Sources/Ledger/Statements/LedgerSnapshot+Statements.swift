import Digests
import GRDB
import SLA

extension LedgerSnapshot {
    /// Every statement, in the order in which they were closed; of one month, or of all.
    /// - Throws: ``LedgerError``.
    public func statements(of month: CivilMonth? = nil) throws -> [ClosedStatement] {
        let rows = month.map { StatementRow.filter(Column("month") == $0.description) } ?? StatementRow.all()
        return try all(rows.order(Column("number"))) { try $0.statement() }
    }

    /// The numbers of all statements, in the order in which they were closed.
    /// - Throws: ``LedgerError``.
    public func statementNumbers() throws -> [StatementNumber] {
        try Row.fetchAll(db, StatementRow.select(Column("month"), Column("sequence")).order(Column("number")))
            .compactMap { row in
                CivilMonth(row["month"] as String).map { StatementNumber(month: $0, sequence: row["sequence"]) }
            }
    }

    /// The statement `number`; nil where there is none.
    /// - Throws: ``LedgerError``.
    public func statement(_ number: StatementNumber) throws -> ClosedStatement? {
        try first(row(number)) { try $0.statement() }
    }

    /// The statement that stands for `month`: its latest; nil where it was never closed.
    /// - Throws: ``LedgerError``.
    public func latestStatement(of month: CivilMonth) throws -> ClosedStatement? {
        try latestStatementNumber(of: month).flatMap(statement)
    }

    /// The number of the statement that stands for `month`; nil where it was never closed.
    /// - Throws: ``LedgerError``.
    public func latestStatementNumber(of month: CivilMonth) throws -> StatementNumber? {
        let sequences = StatementRow.filter(Column("month") == month.description).select(max(Column("sequence")))
        return try Int.fetchOne(db, sequences).map { StatementNumber(month: month, sequence: $0) }
    }

    /// The seal of the latest statement of all; empty where there is none.
    /// - Throws: ``LedgerError``.
    public func latestSeal() throws -> String {
        try String.fetchOne(db, StatementRow.order(Column("number").desc).select(Column("seal"))) ?? ""
    }

    /// The samples that the statement `number` was computed from, by service and check.
    /// - Throws: ``LedgerError/damaged(path:reason:)`` where they cannot be unpacked, and the others.
    public func series(of number: StatementNumber) throws -> [KeptSeries] {
        let statement = row(number).select(Column("number"))
        return try all(StatementSeriesRow.filter(statement.contains(Column("statement"))).order(Column("id"))) { row in
            guard let series = row.series else {
                throw LedgerError.damaged(
                    path: path, reason: "the samples of \(row.check) kept with statement \(number) cannot be unpacked")
            }
            return series
        }
    }

    /// What the seal of the statement `number` must be, by everything that is kept of it now.
    /// - Throws: ``LedgerError``.
    public func expectedSeal(of statement: ClosedStatement) throws -> String {
        let changes = try String.fetchOne(db, row(statement.number).select(Column("changes")))
        return Digest.text(of: statement.sealed(changes: Digest.text(of: changes ?? "")))
    }

    /// The numbers of the statements as they are kept, 1, 2, 3, … where none is lost.
    /// - Throws: ``LedgerError``.
    public func statementPositions() throws -> [Int64] {
        try Int64.fetchAll(db, StatementRow.select(Column("number")).order(Column("number")))
    }

    private func row(_ number: StatementNumber) -> QueryInterfaceRequest<StatementRow> {
        StatementRow.filter(Column("month") == number.month.description && Column("sequence") == number.sequence)
    }
}
