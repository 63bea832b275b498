import SLA

extension LedgerSnapshot {
    /// What was recorded last of each service and each customer.
    /// - Throws: ``LedgerError``.
    public func latestRecords() throws -> LatestRecords {
        LatestRecords(
            services: Dictionary(
                try serviceRecords(only: "number IN (SELECT max(number) FROM service_records GROUP BY service)")
                    .map { ($0.id, $0.service) }, uniquingKeysWith: { _, last in last }),
            customers: Dictionary(
                try customerRecords().map { ($0.customer.id, $0.customer) }, uniquingKeysWith: { _, last in last }))
    }

    /// What the billing system said last of each service, by its identifier.
    /// - Throws: ``LedgerError``.
    public func latestBilledTerms() throws -> [String: BilledTerms] {
        Dictionary(
            try billedTerms(only: "number IN (SELECT max(number) FROM billed_terms GROUP BY service)")
                .map { ($0.service, $0) }, uniquingKeysWith: { _, last in last })
    }
}
