import GRDB
import SLA

extension FactWriter {
    func add(_ record: ServiceRecord) throws {
        let service = record.service
        try db.cachedStatement(
            sql: """
                INSERT INTO service_records (service, at, by, customer, group_names, price, paid, mode, checks)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            record.id, record.recordedAt.milliseconds, record.recordedBy, service?.customer,
            service.map { $0.groups.sorted().joined(separator: " ") }, service?.price?.description,
            service.map { TermsText.paid($0.paid) }, service?.mode.rawValue,
            service.map { TermsText.checks($0.checks) },
        ])
    }

    func add(_ record: CustomerRecord) throws {
        try db.cachedStatement(
            sql: "INSERT INTO customer_records (customer, name, is_vip, at, by) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [
            record.customer.id, record.customer.name, record.customer.isVIP, record.recordedAt.milliseconds,
            record.recordedBy,
        ])
    }

    func add(_ terms: BilledTerms) throws {
        try db.cachedStatement(sql: "INSERT INTO billed_terms (service, terms, at, by) VALUES (?, ?, ?, ?)")
            .execute(arguments: [
                terms.service, try JSONText.encode(terms.terms.map(StoredTerm.init)),
                terms.recordedAt.milliseconds, terms.recordedBy,
            ])
    }

    func add(_ withdrawal: PaidWithdrawal) throws -> PaidWithdrawal {
        try db.execute(
            sql: """
                INSERT INTO paid_withdrawals (service, start_at, end_at, reason, at, by) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                withdrawal.service, withdrawal.interval.start.milliseconds, withdrawal.interval.end.milliseconds,
                withdrawal.reason, withdrawal.recordedAt.milliseconds, withdrawal.recordedBy,
            ])
        var recorded = withdrawal
        recorded.id = "W\(db.lastInsertedRowID)"
        return recorded
    }

    func add(_ end: PaidWithdrawal.Reinstatement, of withdrawal: String) throws {
        try db.execute(
            sql: "INSERT INTO paid_reinstatements (withdrawal, at, by, reason) VALUES (?, ?, ?, ?)",
            arguments: [Int64(withdrawal.dropFirst()), end.at.milliseconds, end.by, end.reason])
    }

    func add(_ negotiation: Negotiation) throws {
        try db.execute(
            sql: "INSERT INTO negotiations (month, service, amount, reason, at, by) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                negotiation.month.description, negotiation.service, negotiation.amount?.description,
                negotiation.reason, negotiation.recordedAt.milliseconds, negotiation.recordedBy,
            ])
    }
}
