import GRDB
import SLA

extension LedgerSnapshot {
    /// Adds what `record` says and the ledger does not have yet; to be called where the ledger may be written.
    func add(_ record: CatalogRecord) throws {
        let latest = Dictionary(
            try serviceRecords(only: "number IN (SELECT max(number) FROM service_records GROUP BY service)")
                .map { ($0.id, $0.service) }, uniquingKeysWith: { _, last in last })
        for service in record.catalog.services {
            let isNew: Bool
            switch latest[service.id] {
            case nil: isNew = true
            case .some(let known): isNew = !record.isOfNewServicesOnly && known != service.withoutProbes
            }
            if isNew { try add(service.id, service, record) }
        }
        if !record.isOfNewServicesOnly {
            let gone = latest.filter { $0.value != nil && record.catalog.service($0.key) == nil }
            for id in gone.keys.sorted() { try add(id, nil, record) }
        }
        try addCustomers(record)
    }

    private func add(_ id: String, _ service: Service?, _ record: CatalogRecord) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO service_records (service, at, by, customer, group_names, price, paid, mode, checks)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            id, record.at.milliseconds, record.by, service?.customer,
            service.map { $0.groups.sorted().joined(separator: " ") }, service?.price?.description,
            service.map { TermsText.paid($0.paid) }, service?.mode.rawValue,
            service.map { TermsText.checks($0.checks) },
        ])
    }

    private func addCustomers(_ record: CatalogRecord) throws {
        let latest = Dictionary(
            try customerRecords().map { ($0.customer.id, $0.customer) }, uniquingKeysWith: { _, last in last })
        for customer in record.catalog.customers {
            var kept = customer
            kept.email = nil
            if let known = latest[customer.id], record.isOfNewServicesOnly || known == kept { continue }
            try db.cachedStatement(
                sql: "INSERT INTO customer_records (customer, name, is_vip, at, by) VALUES (?, ?, ?, ?, ?)"
            ).execute(arguments: [customer.id, customer.name, customer.isVIP, record.at.milliseconds, record.by])
        }
    }
}
