import GRDB
import SLA

extension Ledger {
    /// Records what the billing system said, of each service where it differs from what it said before; and before
    /// that, what `catalog` says of services that the ledger has never seen.
    ///
    /// - Returns: the services of which something was recorded.
    /// - Throws: ``LedgerError``; nothing is then recorded.
    public func record(_ billed: [BilledTerms], _ catalog: CatalogRecord) throws -> [String] {
        try write { db in
            let snapshot = LedgerSnapshot(db: db, path: path)
            let latest = Dictionary(
                try snapshot.billedTerms(only: "number IN (SELECT max(number) FROM billed_terms GROUP BY service)")
                    .map { ($0.service, $0.terms) }, uniquingKeysWith: { _, last in last })
            let changed = billed.filter { latest[$0.service] != $0.terms }
            for terms in changed {
                try db.cachedStatement(sql: "INSERT INTO billed_terms (service, terms, at, by) VALUES (?, ?, ?, ?)")
                    .execute(arguments: [
                        terms.service, try JSONText.encode(terms.terms.map(StoredTerm.init)),
                        terms.recordedAt.milliseconds, terms.recordedBy,
                    ])
            }
            try snapshot.add(catalog)
            return changed.map(\.service)
        }
    }

    /// Records `withdrawal` under the next identifier, which it returns.
    /// - Throws: ``LedgerError``.
    public func record(_ withdrawal: PaidWithdrawal, _ catalog: CatalogRecord) throws -> String {
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO paid_withdrawals (service, start_at, end_at, reason, at, by) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    withdrawal.service, withdrawal.interval.start.milliseconds, withdrawal.interval.end.milliseconds,
                    withdrawal.reason, withdrawal.recordedAt.milliseconds, withdrawal.recordedBy,
                ])
            let id = "W\(db.lastInsertedRowID)"
            try LedgerSnapshot(db: db, path: path).add(catalog)
            return id
        }
    }

    /// Ends the withdrawal called `id`: from then on the time counts again as the records say.
    /// - Throws: ``TermsError``, ``LedgerError``.
    public func reinstate(id: String, _ end: PaidWithdrawal.Reinstatement) throws {
        try write { db in
            let withdrawals = try LedgerSnapshot(db: db, path: path).paidWithdrawals()
            guard let withdrawal = withdrawals.first(where: { $0.id == id }) else { throw TermsError.unknown(id: id) }
            if let earlier = withdrawal.reinstatement {
                throw TermsError.alreadyReinstated(id: id, at: earlier.at, by: earlier.by, reason: earlier.reason)
            }
            try db.execute(
                sql: "INSERT INTO paid_reinstatements (withdrawal, at, by, reason) VALUES (?, ?, ?, ?)",
                arguments: [Int64(id.dropFirst()), end.at.milliseconds, end.by, end.reason])
        }
    }

    /// Records what was agreed as compensation, or the end of such an agreement.
    /// - Throws: ``LedgerError``.
    public func record(_ negotiation: Negotiation) throws {
        try write { db in
            try db.execute(
                sql: "INSERT INTO negotiations (month, service, amount, reason, at, by) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    negotiation.month.description, negotiation.service, negotiation.amount?.description,
                    negotiation.reason, negotiation.recordedAt.milliseconds, negotiation.recordedBy,
                ])
        }
    }
}
