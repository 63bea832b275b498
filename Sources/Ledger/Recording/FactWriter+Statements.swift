import Digests
import Foundation
import GRDB
import SLA

extension FactWriter {
    /// Adds `draft`, sealed to the statement that was kept before it.
    func add(_ draft: ClosedStatement) throws -> ClosedStatement {
        let position = try Int64.fetchOne(db, sql: "SELECT coalesce(max(number), 0) + 1 FROM statements") ?? 1
        var statement = draft
        statement.previousSeal = try LedgerSnapshot(db: db, path: path).latestSeal()
        let changes = try JSONText.encode(statement.draft.changes)
        statement.seal = Digest.text(of: statement.sealed(changes: Digest.text(of: changes)))
        try insert(statement, position: position, changes: changes)
        for series in statement.draft.series { try insert(series, of: position) }
        return statement
    }

    private func insert(
        _ statement: ClosedStatement, position: Int64, changes: String
    ) throws {
        let (draft, digests) = (statement.draft, statement.draft.digests)
        try db.execute(
            sql: """
                INSERT INTO statements
                    (number, month, sequence, closed_at, as_of, closed_by, reason, program, csv, csv_sha256, inputs,
                    inputs_sha256, agreement_sha256, terms_sha256, exclusions_sha256, negotiations_sha256, samples_sha256, changes,
                    ledger_state, previous_seal, seal)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                position, draft.month.description, statement.number.sequence, draft.closedAt.milliseconds,
                draft.asOf.milliseconds, draft.closedBy, draft.reason, draft.program, Data(draft.csv),
                digests.csv, draft.inputs, digests.inputs, digests.agreement, digests.terms, digests.exclusions,
                digests.negotiations,
                digests.samples, changes, draft.ledgerState, statement.previousSeal, statement.seal,
            ])
    }

    private func insert(_ series: KeptSeries, of position: Int64) throws {
        try db.execute(
            sql: """
                INSERT INTO statement_series (statement, service, check_id, count, samples, digest)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                position, series.check.service, series.check.check, series.samples.count,
                Data(series.samples.bytes), series.digest,
            ])
    }
}
