import Digests
import Foundation
import GRDB
import SLA

extension LedgerSnapshot {
    /// Every statement, in the order in which they were closed; of one month, or of all.
    /// - Throws: ``LedgerError``.
    public func statements(of month: CivilMonth? = nil) throws -> [ClosedStatement] {
        try Row.fetchAll(
            db, sql: Self.selection + " WHERE ?1 IS NULL OR month = ?1 ORDER BY number",
            arguments: [month?.description]
        ).map(closedStatement)
    }

    /// The statement `number`; nil where there is none.
    /// - Throws: ``LedgerError``.
    public func statement(_ number: StatementNumber) throws -> ClosedStatement? {
        try Row.fetchOne(
            db, sql: Self.selection + " WHERE month = ? AND sequence = ?",
            arguments: [number.month.description, number.sequence]
        ).map(closedStatement)
    }

    /// The statement that stands for `month`: its latest; nil where it was never closed.
    /// - Throws: ``LedgerError``.
    public func latestStatement(of month: CivilMonth) throws -> ClosedStatement? {
        try latestStatementNumber(of: month).flatMap(statement)
    }

    /// The number of the statement that stands for `month`; nil where it was never closed.
    /// - Throws: ``LedgerError``.
    public func latestStatementNumber(of month: CivilMonth) throws -> StatementNumber? {
        try Int.fetchOne(
            db, sql: "SELECT max(sequence) FROM statements WHERE month = ?", arguments: [month.description]
        ).map { StatementNumber(month: month, sequence: $0) }
    }

    /// The seal of the latest statement of all; empty where there is none.
    /// - Throws: ``LedgerError``.
    public func latestSeal() throws -> String {
        try String.fetchOne(db, sql: "SELECT seal FROM statements ORDER BY number DESC LIMIT 1") ?? ""
    }

    /// The samples that the statement `number` was computed from, by service and check.
    /// - Throws: ``LedgerError/damaged(path:reason:)`` where they cannot be unpacked, and the others.
    public func series(of number: StatementNumber) throws -> [KeptSeries] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT k.service, k.check_id, k.count, k.samples, k.digest
                FROM statement_series k JOIN statements s ON s.number = k.statement
                WHERE s.month = ? AND s.sequence = ? ORDER BY k.id
                """,
            arguments: [number.month.description, number.sequence]
        ).map { row in
            let check = CheckID(
                service: try row.decode(String.self, atIndex: 0), check: try row.decode(String.self, atIndex: 1))
            let bytes = [UInt8](try row.decode(Data.self, atIndex: 3))
            guard let samples = PackedSamples(bytes: bytes, count: try row.decode(Int.self, atIndex: 2)) else {
                throw LedgerError.damaged(
                    path: path, reason: "the samples of \(check) kept with statement \(number) cannot be unpacked")
            }
            return KeptSeries(check: check, samples: samples, digest: try row.decode(String.self, atIndex: 4))
        }
    }

    /// What the seal of the statement `number` must be, by everything that is kept of it now.
    /// - Throws: ``LedgerError``.
    public func expectedSeal(of statement: ClosedStatement) throws -> String {
        let number = statement.number
        let changes = try String.fetchOne(
            db, sql: "SELECT changes FROM statements WHERE month = ? AND sequence = ?",
            arguments: [number.month.description, number.sequence])
        return Digest.text(of: statement.sealed(changes: Digest.text(of: changes ?? "")))
    }

    /// The numbers of the statements as they are kept, 1, 2, 3, … where none is lost.
    /// - Throws: ``LedgerError``.
    public func statementPositions() throws -> [Int64] {
        try Int64.fetchAll(db, sql: "SELECT number FROM statements ORDER BY number")
    }

    private static let selection = """
        SELECT month, sequence, closed_at, as_of, closed_by, reason, program, csv, inputs, changes, ledger_state,
            previous_seal, seal, csv_sha256, inputs_sha256, agreement_sha256, terms_sha256, exclusions_sha256,
            negotiations_sha256, samples_sha256
        FROM statements
        """

    private func closedStatement(_ row: Row) throws -> ClosedStatement {
        func text(_ index: Int) throws -> String { try row.decode(String.self, atIndex: index) }
        guard let number = StatementNumber("\(try text(0))/\(try row.decode(Int.self, atIndex: 1))") else {
            throw LedgerError.damaged(path: path, reason: "a statement of \(try text(0))")
        }
        let amends = number.isAmendment ? StatementNumber(month: number.month, sequence: number.sequence - 1) : nil
        let draft = ClosedStatement.Draft(
            month: number.month, amends: amends, closedAt: try row.instant(2), asOf: try row.instant(3),
            closedBy: try text(4), reason: try text(5), program: try text(6),
            csv: [UInt8](try row.decode(Data.self, atIndex: 7)), inputs: try text(8), series: [],
            digests: StatementDigests(
                csv: try text(13), inputs: try text(14), agreement: try text(15), terms: try text(16),
                exclusions: try text(17), negotiations: try text(18), samples: try text(19)),
            changes: try JSONText.decode(StatementChanges.self, from: try text(9), path: path),
            ledgerState: try text(10))
        return ClosedStatement(
            draft, number: number, previousSeal: try text(11), seal: try text(12))
    }
}
