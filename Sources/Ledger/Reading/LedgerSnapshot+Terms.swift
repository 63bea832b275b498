import GRDB
import SLA

extension LedgerSnapshot {
    /// What became known of all services and customers, and when; in the order in which it was recorded.
    /// - Throws: ``LedgerError``.
    public func catalogHistory() throws -> CatalogHistory {
        let records = Dictionary(grouping: try serviceRecords(), by: \.id)
        let billed = Dictionary(grouping: try billedTerms(), by: \.service)
        let withdrawals = Dictionary(grouping: try paidWithdrawals(), by: \.service)
        var services: [String: ServiceHistory] = [:]
        for id in Set(records.keys).union(billed.keys).union(withdrawals.keys) {
            services[id] = ServiceHistory(
                records: records[id] ?? [], billed: billed[id] ?? [], withdrawals: withdrawals[id] ?? [])
        }
        return CatalogHistory(services: services, customers: try customerRecords())
    }

    /// A number that grows whenever terms are imported, withdrawn or reinstated, by whichever program, and only
    /// then. It takes constant time to read.
    /// - Throws: ``LedgerError``.
    public func termsVersion() throws -> Int64 {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT coalesce((SELECT max(number) FROM billed_terms), 0)
                        + coalesce((SELECT max(number) FROM paid_withdrawals), 0)
                        + (SELECT count(*) FROM paid_reinstatements)
                    """)) ?? 0
    }

    /// Every correction of paid time, in the order in which it was recorded.
    /// - Throws: ``LedgerError``.
    public func paidWithdrawals() throws -> [PaidWithdrawal] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT w.number, w.service, w.start_at, w.end_at, w.reason, w.at, w.by, r.at, r.by, r.reason
                FROM paid_withdrawals w LEFT JOIN paid_reinstatements r ON r.withdrawal = w.number ORDER BY w.number
                """
        ).map { row in
            let number = try row.decode(Int64.self, atIndex: 0)
            guard let interval = Interval(try row.instant(2), try row.instant(3)) else {
                throw LedgerError.damaged(path: path, reason: "withdrawal \(number) has an impossible interval")
            }
            let reinstatement = try row.optionalInstant(7).map { at in
                PaidWithdrawal.Reinstatement(
                    at: at, by: try row.decode(String.self, atIndex: 8), reason: try row.decode(String.self, atIndex: 9)
                )
            }
            return PaidWithdrawal(
                id: "W\(number)", service: try row.decode(String.self, atIndex: 1), interval: interval,
                reason: try row.decode(String.self, atIndex: 4), recordedAt: try row.instant(5),
                recordedBy: try row.decode(String.self, atIndex: 6), reinstatement: reinstatement)
        }
    }

    func serviceRecords(only condition: String = "TRUE") throws -> [ServiceRecord] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT number, service, at, by, customer, group_names, price, paid, mode, checks FROM service_records
                WHERE \(condition) ORDER BY number
                """)
        var records: [ServiceRecord] = []
        while let row = try rows.next() {
            let id = try row.decode(String.self, atIndex: 1)
            records.append(
                ServiceRecord(
                    id: id, service: try service(id, row), recordedAt: try row.instant(2),
                    recordedBy: try row.decode(String.self, atIndex: 3)))
        }
        return records
    }

    private func service(_ id: String, _ row: Row) throws -> Service? {
        guard let customer = try row.decode(String?.self, atIndex: 4) else { return nil }
        let price = try row.decode(String?.self, atIndex: 6)
        guard let paid = TermsText.paid(try row.decode(String.self, atIndex: 7)),
            let checks = TermsText.checks(try row.decode(String.self, atIndex: 9)),
            price == nil || price.flatMap({ ExactDecimal($0) }) != nil
        else {
            throw LedgerError.damaged(path: path, reason: "a record of service \(id) that makes no sense")
        }
        let groups = try row.decode(String.self, atIndex: 5).split(separator: " ").map(String.init)
        return Service(
            id: id, customer: customer, groups: Set(groups), price: price.flatMap { ExactDecimal($0) }, paid: paid,
            mode: try row.named(8, path: path), checks: checks)
    }

    func customerRecords() throws -> [CustomerRecord] {
        try Row.fetchAll(db, sql: "SELECT customer, name, is_vip, at, by FROM customer_records ORDER BY number").map {
            row in
            CustomerRecord(
                customer: Customer(
                    id: try row.decode(String.self, atIndex: 0), name: try row.decode(String.self, atIndex: 1),
                    isVIP: try row.decode(Bool.self, atIndex: 2)),
                recordedAt: try row.instant(3), recordedBy: try row.decode(String.self, atIndex: 4))
        }
    }

    func billedTerms(only condition: String = "TRUE") throws -> [BilledTerms] {
        try Row.fetchAll(
            db, sql: "SELECT service, terms, at, by FROM billed_terms WHERE \(condition) ORDER BY number"
        ).map { row in
            let service = try row.decode(String.self, atIndex: 0)
            let stored = try JSONText.decode(
                [StoredTerm].self, from: try row.decode(String.self, atIndex: 1), path: path)
            let terms = stored.compactMap(\.term)
            guard terms.count == stored.count else {
                throw LedgerError.damaged(path: path, reason: "billed terms of service \(service) that make no sense")
            }
            return BilledTerms(
                service: service, terms: terms, recordedAt: try row.instant(2),
                recordedBy: try row.decode(String.self, atIndex: 3))
        }
    }
}
