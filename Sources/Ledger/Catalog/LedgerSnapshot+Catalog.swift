import GRDB
import SLA

extension LedgerSnapshot {
    /// What became known of the agreement, all services and customers, and when; in the order in which it was recorded.
    /// - Throws: ``LedgerError``.
    public func catalogHistory() throws -> CatalogHistory {
        let records = Dictionary(grouping: try serviceRecords(), by: \.id)
        let billed = Dictionary(grouping: try billedTerms(), by: \.service)
        let withdrawals = Dictionary(grouping: try paidWithdrawals(), by: \.service)
        let corrections = Dictionary(
            grouping: try every { (row: RuleCorrectionRow) in try row.change() }, by: \.service)
        var services: [String: ServiceHistory] = [:]
        for id in Set(records.keys).union(billed.keys).union(withdrawals.keys).union(corrections.keys) {
            services[id] = ServiceHistory(
                records: records[id] ?? [], billed: billed[id] ?? [], withdrawals: withdrawals[id] ?? [],
                ruleCorrections: corrections[id] ?? [])
        }
        return CatalogHistory(
            services: services, customers: try customerRecords(), agreements: try agreementHistory())
    }

    /// What was recorded last of the agreement, each service and each customer.
    /// - Throws: ``LedgerError``.
    public func latestRecords() throws -> LatestRecords {
        let latest = ServiceRecordRow.select(max(Column("number"))).group(Column("service"))
        let services = try all(ServiceRecordRow.filter(latest.contains(Column("number")))) { try $0.record() }
        return LatestRecords(
            services: Dictionary(services.map { ($0.id, $0.service) }, uniquingKeysWith: { _, last in last }),
            customers: Dictionary(
                try customerRecords().map { ($0.customer.id, $0.customer) }, uniquingKeysWith: { _, last in last }),
            agreement: try agreementHistory().records.last?.agreement)
    }

    func serviceRecords() throws -> [ServiceRecord] {
        try every { (row: ServiceRecordRow) in try row.record() }
    }

    private func customerRecords() throws -> [CustomerRecord] {
        try every { (row: CustomerRecordRow) in row.record }
    }
}
