/// Outages that are part of no incident, as long as they are no fault, and when each may become one: so that a turn
/// evaluates those alone.
struct PendingOutages: Sendable, Equatable {
    /// A fault that has begun.
    struct Begun {
        let service: Service
        let start: Instant
    }

    /// Since when each service is down.
    private var since: RevertibleDictionary<String, Instant>
    private var evaluations = RevertibleHeap<String, Instant>()
    /// The version of the exclusions that the next evaluations follow from, and the last instant of evaluation.
    private var evaluated = Revertible(Evaluated(exclusions: nil, at: .distantPast))

    private struct Evaluated: Hashable, Sendable {
        var exclusions: Int?
        var at: Instant
    }

    /// Outages by service, each with its beginning.
    init(_ since: [String: Instant]) {
        self.since = RevertibleDictionary(since)
        reevaluateAll()
        commit()
    }

    /// `service` is down since `instant`.
    mutating func begin(_ service: String, since instant: Instant) {
        since[service] = instant
        evaluations.set(service, to: .distantPast)
    }

    /// `service` is down no more, or its outage is part of an incident.
    mutating func end(_ service: String) {
        guard since.current[service] != nil else { return }
        since[service] = nil
        evaluations.remove(service)
    }

    /// Has every outage evaluated again, since the services or what is promised are others.
    mutating func reevaluateAll() {
        for service in since.current.keys { evaluations.set(service, to: .distantPast) }
    }

    /// The faults that have begun by `now`, the outage that began first before the others. They are pending until
    /// ``end(_:)``.
    mutating func faults(of catalog: Catalog, _ exclusions: ExclusionIndex, now: Instant) -> [Begun] {
        if since.current.isEmpty { return [] }
        if exclusions.version == nil || exclusions.version != evaluated.current.exclusions || now < evaluated.current.at
        {
            reevaluateAll()
        }
        evaluated.set(Evaluated(exclusions: exclusions.version, at: now))
        let due = evaluations.takeAll(through: now).compactMap { id in since.current[id].map { (since: $0, id: id) } }
        return due.sorted { ($0.since, $0.id) < ($1.since, $1.id) }.compactMap { since, id in
            guard let service = catalog.service(id) else { return nil }
            let fault = Fault(of: service, downSince: since, under: catalog.agreement, exclusions, now: now)
            guard let start = fault.start else {
                evaluations.set(id, to: fault.nextChange)
                return nil
            }
            return Begun(service: service, start: start)
        }
    }

    /// What has changed stays.
    mutating func commit() {
        since.commit()
        evaluations.commit()
        evaluated.commit()
    }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() {
        since.revert()
        evaluations.revert()
        evaluated.revert()
    }
}
