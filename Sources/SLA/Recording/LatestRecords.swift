/// What was recorded last of the agreement, each service and each customer.
public struct LatestRecords: Sendable {
    /// What the configuration said of each service, by its identifier; nil where it no longer had it.
    public var services: [String: Service?]
    /// What the configuration said of each customer, by its identifier; without its address.
    public var customers: [String: Customer]
    /// What the configuration said of the agreement; nil where nothing is recorded.
    public var agreement: Agreement?

    /// The latest records; none unless given.
    public init(
        services: [String: Service?] = [:], customers: [String: Customer] = [:], agreement: Agreement? = nil
    ) {
        self.services = services
        self.customers = customers
        self.agreement = agreement
    }

    /// Whether nothing was ever recorded.
    public var isEmpty: Bool { services.isEmpty && customers.isEmpty }

    /// What `catalog` says otherwise: what a reload changes, for people.
    ///
    /// - Parameter isDown: whether a check was last seen down.
    public func changes(by catalog: Catalog, isDown: (CheckID) throws -> Bool) rethrows -> [CatalogChange] {
        // The zone is no part of the record: once there are samples, it does not change.
        var former = agreement
        former?.calendar = catalog.agreement.calendar
        return try catalog.changes(
            from: former, customers: customers, services: services.compactMapValues { $0 }, isDown: isDown)
    }

    /// What `record` says and is not recorded yet: of services, of customers, then of the agreement.
    public func facts(of record: CatalogRecord) -> [Fact] {
        var facts: [Fact] = []
        func add(_ id: String, _ service: Service?) {
            facts.append(
                .service(ServiceRecord(id: id, service: service, recordedAt: record.at, recordedBy: record.by)))
        }
        for service in record.catalog.services.map(\.recordable) {
            if let known = services[service.id], record.isOfNewServicesOnly || known == service { continue }
            add(service.id, service)
        }
        if !record.isOfNewServicesOnly {
            let gone = services.filter { $0.value != nil && record.catalog.service($0.key) == nil }
            for id in gone.keys.sorted() { add(id, nil) }
        }
        for customer in record.catalog.customers.map(\.recordable) {
            if let known = customers[customer.id], record.isOfNewServicesOnly || known == customer { continue }
            facts.append(
                .customer(CustomerRecord(customer: customer, recordedAt: record.at, recordedBy: record.by)))
        }
        let promised = record.catalog.agreement
        if agreement == nil || !record.isOfNewServicesOnly && agreement?.recordable != promised.recordable {
            facts.append(
                .agreement(AgreementRecord(agreement: promised, recordedAt: record.at, recordedBy: record.by)))
        }
        return facts
    }
}

extension Service {
    /// What of it is recorded. What is not must not make another record of it each time.
    fileprivate var recordable: Service {
        var service = withoutProbes
        service.responsibility = Responsibility()
        service.past = nil
        return service
    }
}

extension Customer {
    /// What of it is recorded: not how it is reached.
    fileprivate var recordable: Customer { Customer(id: id, name: name, isVIP: isVIP) }
}
