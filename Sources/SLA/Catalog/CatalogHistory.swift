/// What became known of the agreement, all services and their customers, and when.
public struct CatalogHistory: Hashable, Sendable {
    /// Each service's history, by its identifier.
    public var services: [String: ServiceHistory]
    /// What the configuration said of customers, in the order in which it became known.
    public var customers: [CustomerRecord]
    /// What was promised.
    public var agreements: AgreementHistory

    /// A history; an empty one leaves everything to the configuration.
    public init(
        services: [String: ServiceHistory] = [:], customers: [CustomerRecord] = [],
        agreements: AgreementHistory = AgreementHistory()
    ) {
        self.services = services
        self.customers = customers
        self.agreements = agreements
    }

    /// The same without some withdrawals of paid time, by their identifiers.
    public func without(withdrawals ids: Set<String>) -> CatalogHistory {
        if ids.isEmpty { return self }
        var history = self
        history.services = services.mapValues { $0.without(withdrawals: ids) }
        return history
    }

    /// How long ago `asOf` may lie and still mean now, in ms: the asker read a clock, and then we did.
    static let nowTolerance: Milliseconds = 60_000

    /// The services as the figures of `period` are computed, as known at `asOf`: those of `configured`, and those
    /// that it no longer has and whose paid time touches the period.
    ///
    /// The configuration as it is counts as a record of `now`: where `asOf` lies before, only a service that the
    /// history has never seen is taken from it, known from the beginning.
    public func catalog(in period: Interval, asOf: Instant, configured: Catalog, now: Instant) -> Catalog {
        let configured = agreements.catalog(configured, asOf: asOf, now: now)
        if services.isEmpty { return configured }
        let histories = histories(including: configured, asOf: asOf, now: now)
        let calendar = configured.agreement.calendar
        let seen = IntervalSet(Interval(period.start, min(period.end, asOf)))
        var result = configured.services.map { service in
            histories[service.id]?.service(in: period, asOf: asOf, calendar: calendar)?.probing(as: service) ?? service
        }
        for (id, history) in histories where configured.service(id) == nil {
            guard let service = history.service(in: period, asOf: asOf, calendar: calendar),
                !service.paid.intersection(seen).isEmpty
            else { continue }
            result.append(service)
        }
        let isKnown = Self.meansNow(asOf, now: now) && min(asOf, now) < period.end
        let known = customers(of: result, configured: configured)
        return Catalog(
            agreement: configured.agreement,
            customers: isKnown ? known : known.map { self.customer($0, by: min(asOf, period.end - 1)) },
            services: result)
    }

    /// What would be paid for of the services of `catalog` without withdrawals, where that is something else in `period`.
    public func paidBeforeWithdrawal(
        of catalog: Catalog, in period: Interval, asOf: Instant
    ) -> [String: IntervalSet] {
        var found: [String: IntervalSet] = [:]
        for (id, history) in services where !history.withdrawals.isEmpty {
            guard let service = catalog.service(id) else { continue }
            let withdrawn = IntervalSet(history.withdrawals.filter { $0.isInForce(asOf: asOf) }.map(\.interval))
            let before = service.paid.union(withdrawn.intersection(history.paidBeforeWithdrawal(asOf: asOf)))
            if before.intersection(period) != service.paid.intersection(period) { found[id] = before }
        }
        return found
    }

    /// How the services of `catalog` would be measured without corrections of their rules, where that is otherwise
    /// before the end of `period`.
    public func rulesBeforeCorrection(
        of catalog: Catalog, in period: Interval, asOf: Instant
    ) -> [String: MeasuringRules] {
        let calendar = catalog.agreement.calendar
        var found: [String: MeasuringRules] = [:]
        for (id, history) in services where !history.ruleCorrections.isEmpty {
            guard let service = catalog.service(id),
                let before = history.rulesBeforeCorrection(asOf: asOf, calendar: calendar)?.before(period.end)
            else { continue }
            if before != service.rules { found[id] = before }
        }
        return found
    }

    /// `customer` as it was known last at `instant`, or first: who becomes a VIP later was none when it was announced.
    private func customer(_ customer: Customer, by instant: Instant) -> Customer {
        let records = customers.filter { $0.customer.id == customer.id }
        guard let record = records.last(where: { $0.recordedAt <= instant }) ?? records.first else { return customer }
        var known = customer
        known.name = record.customer.name
        known.isVIP = record.customer.isVIP
        return known
    }

    /// Since when what is configured at `now` is known to whoever asks as of `asOf`; nil where that lies before.
    static func known(_ asOf: Instant, now: Instant) -> Instant? { meansNow(asOf, now: now) ? min(asOf, now) : nil }

    /// Whether `asOf` means now.
    private static func meansNow(_ asOf: Instant, now: Instant) -> Bool { asOf >= now - nowTolerance }

    /// Each service's history, with what the configuration says as its last record, where that is known at `asOf`.
    public func histories(including configured: Catalog, asOf: Instant, now: Instant) -> [String: ServiceHistory] {
        let known = Self.known(asOf, now: now)
        var histories = services
        for service in configured.services {
            histories[service.id, default: ServiceHistory()].append(service, at: known)
        }
        guard let known else { return histories }
        for (id, history) in services where configured.service(id) == nil {
            guard let last = history.records.last, last.service != nil else { continue }
            let end = ServiceRecord(
                id: id, service: nil, recordedAt: max(known, last.recordedAt), recordedBy: "")
            histories[id]?.append(end)
        }
        return histories
    }

    /// The services of `configured`, and those that it no longer has as they were last: what a name can mean.
    public func everKnown(_ configured: Catalog) -> Catalog {
        let gone = services.filter { configured.service($0.key) == nil }
            .compactMap { $0.value.records.last { $0.service != nil }?.service }
        let all = configured.services + gone
        return Catalog(
            agreement: configured.agreement, customers: customers(of: all, configured: configured), services: all)
    }

    /// The configured customers, and those of `services` that are no longer configured, as they were last.
    private func customers(of services: [Service], configured: Catalog) -> [Customer] {
        var ids = Set(configured.customers.map(\.id))
        let recorded = Dictionary(
            customers.map { ($0.customer.id, $0.customer) }, uniquingKeysWith: { _, last in last })
        var result = configured.customers
        for service in services where ids.insert(service.customer).inserted {
            result.append(recorded[service.customer] ?? Customer(id: service.customer))
        }
        return result
    }
}

extension AgreementHistory {
    /// `configured`, its agreement with what was known of it at `asOf`: the configuration as it is counts as a record of
    /// `now`.
    public func catalog(_ configured: Catalog, asOf: Instant, now: Instant) -> Catalog {
        if records.isEmpty { return configured }
        let agreement = configured.agreement
        let known = known(asOf: asOf, configured: agreement, now: now)
        return configured.under(known.agreement(in: agreement.calendar) ?? agreement)
    }

    /// What of it was known at `asOf`, what is `configured` at `now` counting as a record of then: at least one record,
    /// each with the instant from which on it counts, but for the first, which always did.
    public func known(asOf: Instant, configured: Agreement, now: Instant) -> AgreementHistory {
        known(asOf: asOf, configured: configured, since: CatalogHistory.known(asOf, now: now))
    }
}

extension ServiceHistory {
    /// Adds what the configuration says now, where that is new: from `known` on, or, where nothing of it is
    /// recorded, as the first record.
    fileprivate mutating func append(_ service: Service, at known: Instant?) {
        let recordable = service.withoutProbes
        guard let last = records.last else {
            // Where the billing system was first, it stays so.
            let first = billed.first?.recordedAt ?? .distantPast
            return append(ServiceRecord(id: service.id, service: recordable, recordedAt: first, recordedBy: ""))
        }
        guard let known, last.service != recordable else { return }
        append(
            ServiceRecord(
                id: service.id, service: recordable, recordedAt: max(known, last.recordedAt), recordedBy: ""))
    }
}

extension Service {
    /// The same service with the probes of `configured`, where its checks are read as they were.
    fileprivate func probing(as configured: Service) -> Service {
        var service = self
        service.contract = configured.contract
        for index in checks.indices {
            guard let check = configured.checks.first(where: { $0.id == checks[index].id }) else { continue }
            service.checks[index].probe = check.probe
        }
        return service
    }
}
