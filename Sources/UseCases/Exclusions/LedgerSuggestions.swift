import Addresses
import Ledger
import SLA

/// What the ledger knows about the outages of a month, for the core to propose exclusions of.
extension LedgerSnapshot {
    /// How many failed probes of an outage are looked at, of each check: the first of them tell.
    private static let mostObservations = 500

    /// What is proposed for the outages of `services` in `month`, as it was known at `asOf`.
    ///
    /// - Parameter services: the identifiers; nil means all.
    public func suggestions(
        of services: Set<String>?, in month: CivilMonth, asOf: Instant, configured: Catalog
    ) throws -> [Suggestion] {
        let inputs = try inputs(of: month, asOf: asOf, configured: configured)
        var neighbours: [MeasuredService] = []
        var evidence: [OutageEvidence] = []
        for counted in inputs.catalog.services {
            var service = counted
            // No figure follows from it, so it has no history: what is known now helps most.
            service.responsibility = configured.service(service.id)?.responsibility ?? service.responsibility
            let timeline = try timeline(of: service, for: inputs)
            let figures = inputs.figures(of: service, timeline: timeline)
            let own = try figures.outages.compactMap { outage -> OutageEvidence? in
                let down = figures.partition.down.intersection(outage).length
                return down > 0 ? try self.evidence(of: service, in: outage, down: down, asOf: asOf) : nil
            }
            neighbours.append(
                MeasuredService(
                    service: service, down: timeline.down.intersection(figures.partition.committed),
                    up: timeline.up, addresses: own.reduce(into: []) { $0.formUnion($1.addresses) }))
            if services?.contains(service.id) ?? true { evidence += own }
        }
        return evidence.compactMap { Suggestion($0, among: neighbours) }
    }

    private func evidence(
        of service: Service, in outage: Interval, down: Milliseconds, asOf: Instant
    ) throws -> OutageEvidence {
        var evidence = OutageEvidence(service: service, outage: outage, down: down, causes: [:])
        // The configuration takes only what is a network.
        let own = service.responsibility.addresses.compactMap { try? Network($0) }
        for check in service.checks {
            let id = CheckID(service: service.id, check: check.id)
            let observations = try observations(of: id, in: outage, limit: Self.mostObservations)
            for observation in observations where observation.sample.state == .down && observation.sample.at <= asOf {
                if let cause = observation.cause { evidence.causes[cause, default: 0] += 1 }
                guard let text = observation.address else { continue }
                evidence.addresses.insert(text)
                guard !own.isEmpty, let address = IPAddress(text) else { continue }
                if !own.contains(where: { $0.contains(address) }) { evidence.foreignAddresses.insert(text) }
            }
        }
        return evidence
    }
}
