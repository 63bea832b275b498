import Intake
import Interchange
import SLA

/// The services of files: as the configuration has them, but as far as `rules.csv` and `terms.csv` say how they were
/// measured and what was paid for, since when. Both files together may have services that the configuration has not.
struct EvidenceServices: Sendable {
    /// The agreement, and the services of the configuration.
    let configured: Catalog
    /// The configuration's services and those that only the files have, as they were last.
    let everKnown: Catalog
    /// What was promised, since when; nothing where no file says.
    private let agreements: AgreementHistory
    private let rules: [String: [RuleChange]]
    private let terms: CatalogHistory

    /// What `files` say of services.
    ///
    /// - Throws: `InputFailure`; mistakes are kept in `mistakes`.
    init(_ files: EvidenceFiles, configured: Catalog, _ mistakes: inout MistakesOfFiles) throws {
        self.configured = configured
        let promised = try mistakes.collecting {
            try files.agreements.map { try AgreementsFile.history(path: $0, configured: configured.agreement) }
        }
        agreements = (promised ?? nil) ?? AgreementHistory()
        let changes = try mistakes.collecting {
            try files.rules.map { try RulesFile.changes(path: $0, catalog: configured, others: files.terms != nil) }
                ?? []
        }
        rules = Dictionary(grouping: changes ?? [], by: \.service)
        everKnown = Self.catalog(configured, rules)
        let catalog = everKnown
        let paid = try mistakes.collecting {
            try files.terms.map { try TermsHistoryFile.histories(path: $0, catalog: catalog) } ?? [:]
        }
        // Without a word of what was paid for it, a service that only one file names is a slip.
        for service in catalog.services where configured.service(service.id) == nil && paid?[service.id] == nil {
            guard let file = files.terms, paid != nil else { continue }
            mistakes.add(
                Diagnostic(
                    file: file, field: "service",
                    message:
                        "nothing of \(Diagnostic.quoted(service.id)), which the rules name and the configuration has "
                        + "not, expected what was paid for it",
                    nearest: nearestName(to: service.id, among: configured.services.map(\.id))))
        }
        terms = CatalogHistory(services: Self.histories(paid ?? [:], of: catalog))
    }

    /// The services of `configured` and those that only `rules` name, as they were last, and how they were before.
    private static func catalog(_ configured: Catalog, _ rules: [String: [RuleChange]]) -> Catalog {
        if rules.isEmpty { return configured }
        var services = configured.services
        for id in rules.keys where configured.service(id) == nil {
            services.append(Service(id: id, customer: "", paid: .empty, checks: []))
        }
        let measured = services.map { service in
            rules[service.id].flatMap { changes in
                Self.rules(
                    of: configured.service(service.id), changes, asOf: .distantFuture, configured.agreement)
            }.map(service.measured) ?? service
        }
        let known = Set(configured.customers.map(\.id))
        let others = Set(measured.map(\.customer)).subtracting(known)
        return Catalog(
            agreement: configured.agreement, customers: configured.customers + others.map { Customer(id: $0) },
            services: measured)
    }

    /// How a service is measured by `changes`, as known at `asOf`; where they only correct, what is corrected is how the
    /// configuration has it.
    private static func rules(
        of configured: Service?, _ changes: [RuleChange], asOf: Instant, _ agreement: Agreement, corrected: Bool = true
    ) -> MeasuringRules? {
        let calendar = agreement.calendar
        let recorded = MeasuringRules(changes.filter { $0.from == nil }, asOf: asOf, calendar: calendar)
        let corrections = changes.filter { corrected && $0.from != nil && $0.knownAt <= asOf }
        return (recorded ?? configured?.rules)?.corrected(by: corrections, calendar: calendar)
    }

    /// Each of `paid` with what the service is besides: known with the first list, and saying nothing of paid time and of
    /// its price.
    private static func histories(
        _ paid: [String: ServiceHistory], of catalog: Catalog
    ) -> [String: ServiceHistory] {
        var histories: [String: ServiceHistory] = [:]
        for (id, history) in paid {
            guard let first = history.billed.first, var service = catalog.service(id) else { continue }
            service.price = nil
            histories[id] = history
            histories[id]?.append(
                ServiceRecord(id: id, service: service, recordedAt: first.recordedAt, recordedBy: ""))
        }
        return histories
    }

    /// The services as the figures of `period` are computed, as known at `asOf`: the configuration's, and those of the
    /// files whose paid time touches the period.
    ///
    /// - Parameter corrected: whether the corrections of rules count.
    func catalog(in period: Interval, asOf: Instant, corrected: Bool) -> Catalog {
        let calendar = configured.agreement.calendar
        let seen = IntervalSet(Interval(period.start, min(period.end, asOf)))
        let services = everKnown.services.compactMap { service -> Service? in
            var counted = terms.services[service.id]?.service(in: period, asOf: asOf, calendar: calendar) ?? service
            if let rules = measuringRules(of: service.id, in: period, asOf: asOf, corrected: corrected) {
                counted = counted.measured(by: rules)
            }
            let isCounted = configured.service(service.id) != nil || !counted.paid.intersection(seen).isEmpty
            return isCounted ? counted : nil
        }
        // What is configured at any later time says nothing where there is a file.
        let agreement = agreements.catalog(configured, asOf: asOf, now: .distantFuture).agreement
        return Catalog(agreement: agreement, customers: everKnown.customers, services: services)
    }

    /// Whether any rule of the past is corrected.
    var correctsRules: Bool { rules.values.contains { $0.contains { $0.from != nil } } }

    /// What is paid for of each service, as known at `asOf`.
    func everPaid(asOf: Instant) -> [IntervalSet] {
        everKnown.services.map { terms.services[$0.id]?.paid(asOf: asOf) ?? $0.paid }
    }

    /// How the service called `id` is measured up to the end of `period`, as known at `asOf`; nil where no file says.
    private func measuringRules(
        of id: String, in period: Interval, asOf: Instant, corrected: Bool
    ) -> MeasuringRules? {
        guard let changes = rules[id] else { return nil }
        return Self.rules(of: configured.service(id), changes, asOf: asOf, configured.agreement, corrected: corrected)?
            .before(period.end)
    }

    /// What would be paid for of the services of `catalog` without withdrawals, where that is something else.
    func paidBeforeWithdrawal(of catalog: Catalog, in period: Interval, asOf: Instant) -> [String: IntervalSet] {
        terms.paidBeforeWithdrawal(of: catalog, in: period, asOf: asOf)
    }
}
