import Ledger
import Reporting
import SLA

extension LedgerSnapshot {
    /// The running month of services, and their state at `asOf`.
    ///
    /// - Parameters:
    ///   - services: their identifiers; where there are none, all of the configuration's.
    ///   - references: what is asked whether the monitor sees.
    /// - Throws: `Unknown`, `LedgerError`.
    public func statusDocument(
        of services: [String], asOf: Instant, configured: Catalog, references: [Reference] = []
    ) throws -> StatusDocument {
        let agreement = configured.agreement
        let inputs = try inputs(
            of: agreement.calendar.month(containing: asOf), asOf: asOf, configured: configured)
        let shown =
            services.isEmpty
            ? inputs.catalog.services.filter { configured.service($0.id) != nil }
            : try services.map(inputs.catalog.requiredService)
        let recorded = Dictionary(
            try latestTransitions().map { ($0.service, $0) }, uniquingKeysWith: { _, last in last })
        return StatusDocument(
            try shown.map { try status(of: $0, inputs, recorded: recorded[$0.id]) }, under: agreement,
            sight: try sight(by: references, asOf: asOf))
    }

    /// What the monitor sees of each domain that it asks anybody about, or is blind for.
    private func sight(by references: [Reference], asOf: Instant) throws -> [SightStatus] {
        let blind = Dictionary(
            try corrections().compactMap { Blindness(open: $0, asOf: asOf) }.map { ($0.domain, $0.from) },
            uniquingKeysWith: { _, last in last })
        let last = try references.map { ($0, try lastObservation(of: $0.id, asOf: asOf)) }
        return SightDomain.allCases.compactMap { domain in
            let own = last.filter { $0.0.tells(of: domain) }
            if own.isEmpty, blind[domain] == nil { return nil }
            return SightStatus(
                domain, blindSince: blind[domain], references: own.count,
                answering: own.count { $0.1?.answers(for: domain) ?? false },
                lastAskedAt: own.compactMap { $0.1?.sample.at }.max())
        }
    }

    /// - Parameter recorded: the service's latest transition: it knows since when a state has held that is older
    ///   than the month.
    private func status(
        of service: Service, _ inputs: FigureInputs, recorded: Transition?
    ) throws -> ServiceStatus {
        let asOf = inputs.asOf
        let timeline = try timeline(of: service, for: inputs)
        let figures = inputs.figures(of: service, timeline: timeline)
        var (state, since) = timeline.state(at: asOf)
        if let recorded, recorded.at <= asOf, recorded.state == state,
            since.map({ $0 <= inputs.period.start }) ?? true
        {
            since = min(since ?? recorded.since, recorded.since)
        }
        func lastSeen(_ checks: [Check]) throws -> [Observation] {
            try checks.compactMap { try lastObservation(of: CheckID(service: service.id, check: $0.id), asOf: asOf) }
        }
        let last = try lastSeen(service.checks.filter(\.counts))
        let uncounted = try lastSeen(service.checks.filter { !$0.counts })
        return ServiceStatus(
            figures: figures,
            budget: Budget(of: figures, exclusions: inputs.exclusions),
            state: state, since: since, lastSampleAt: (last + uncounted).map(\.sample.at).max(),
            cause: last.sorted { $0.sample.at > $1.sample.at }.lazy.compactMap(\.cause).first,
            watched: uncounted.filter { $0.sample.state == .down }.map(ServiceStatus.WatchedCheck.init))
    }
}
