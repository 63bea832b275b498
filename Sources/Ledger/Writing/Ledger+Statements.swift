import Foundation
import GRDB
import SLA

extension Ledger {
    /// Keeps `draft` as the next statement of its month, sealed to the one that was kept before it.
    ///
    /// Only where the month's latest statement is still the one that `draft` amends (or there is none, for an
    /// original): of two that close a month at once, one gets nil and must look at what the other has kept. The
    /// figures are computed before, so that the write lock is held for an insertion alone.
    /// With it goes what `catalog` says of services that the ledger has never seen: what is closed must not depend on
    /// their staying in the configuration.
    /// - Throws: ``LedgerError``; nothing is then kept.
    public func keep(_ draft: ClosedStatement.Draft, _ catalog: CatalogRecord) throws -> ClosedStatement? {
        try write { db in
            let snapshot = LedgerSnapshot(db: db, path: path)
            guard try snapshot.latestStatementNumber(of: draft.month) == draft.amends else { return nil }
            let position = try Int64.fetchOne(db, sql: "SELECT coalesce(max(number), 0) + 1 FROM statements") ?? 1
            var statement = ClosedStatement(
                draft, number: draft.amends?.next ?? StatementNumber(month: draft.month, sequence: 1),
                previousSeal: try snapshot.latestSeal(), seal: "")
            let changes = try JSONText.encode(draft.changes)
            statement.seal = Fingerprint.text(of: statement.sealed(changes: Fingerprint.text(of: changes)))
            try Self.insert(statement, position: position, changes: changes, into: db)
            for series in draft.series { try Self.insert(series, of: position, into: db) }
            try snapshot.add(catalog)
            return statement
        }
    }

    private static func insert(
        _ statement: ClosedStatement, position: Int64, changes: String, into db: Database
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

    private static func insert(_ series: KeptSeries, of position: Int64, into db: Database) throws {
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
