/// The incidents as the daemon follows them: outages and the clock in, decisions out. It performs nothing.
public struct IncidentWatch: Sendable {
    /// What the watch has decided; the caller makes it durable, then known.
    public enum Action: Hashable, Sendable {
        /// `event` is the next of the incident numbered `incident`.
        case record(incident: Int64, event: IncidentEvent)
        case alert(Alert)
    }

    private var open: OpenIncidents
    private var lastNumber: Int64 = 0
    /// Services that are down, since when, and not part of an incident yet: their outages are no fault so far.
    private var pendingOutages: [String: Instant]
    private var failing = FailingChecks()
    private var handling: HandlingWatch

    /// A watch that resumes from what is recorded.
    ///
    /// - Parameters:
    ///   - transitions: the latest of each service.
    ///   - incidents: all of them, the ended ones too.
    ///   - alerts: the latest `handling_due` and the latest `handling_overdue` of each incident.
    public init(transitions: [Transition], incidents: [Incident], alerts: [Alert]) {
        open = OpenIncidents(
            states: Dictionary(transitions.map { ($0.service, $0.state) }, uniquingKeysWith: { _, last in last }))
        handling = HandlingWatch(resuming: alerts)
        // An outage is recorded with the incident that it is part of, and so at no earlier time.
        let lastOutages = Dictionary(incidents.flatMap(\.outages), uniquingKeysWith: max)
        pendingOutages = [:]
        for transition in transitions where transition.state == .down {
            if lastOutages[transition.service].map({ $0 < transition.at }) ?? true {
                pendingOutages[transition.service] = transition.since
            }
        }
        replace(open: incidents.filter(\.isOpen), lastNumber: incidents.map(\.number).max() ?? 0)
    }

    /// Takes over what is recorded: the open incidents, by number, and the number of the last one ever opened.
    public mutating func replace(open: [Incident], lastNumber: Int64) {
        self.open.replace(open)
        handling.replace(open)
        self.lastNumber = lastNumber
    }

    /// Takes note of what probes found, in order of time.
    public mutating func observe(_ observations: [Observation]) {
        for observation in observations { failing.observe(observation) }
    }

    /// Decides what is new at `now`, after `transitions`.
    ///
    /// - Parameter exclusions: all that are recorded.
    public mutating func decide(
        _ transitions: [Transition], catalog: Catalog, exclusions: ExclusionIndex, now: Instant
    ) -> [Action] {
        open.update(catalog)
        var actions: [Action] = []
        // The outage that began first opens the incident that the others join.
        for transition in transitions.sorted(by: { ($0.since, $0.service) < ($1.since, $1.service) }) {
            open.set(transition.service, to: transition.state)
            guard let service = catalog.service(transition.service) else { continue }
            pendingOutages[service.id] = nil
            switch transition.state {
            // Whether it is a fault is decided below, together with those that were none so far.
            case .down: pendingOutages[service.id] = transition.since
            case .up:
                for position in open.recovered(by: service.id) {
                    actions.append(append(.recovered, at: min(transition.since, now), to: position, now: now))
                }
            case .unmeasured: break
            }
        }
        for (id, since) in pendingOutages.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
            guard let service = catalog.service(id) else { continue }
            let fault = Fault(of: service, downSince: since, under: catalog.agreement, exclusions, now: now)
            if let start = fault.start { actions.append(recordFault(service, since: start, now: now)) }
        }
        return actions + handling.decide(open.all, under: catalog.agreement, now: now).map(Action.alert)
    }

    /// The identifier of the open incident that concerns `service`: the latest, where several do.
    public func incident(of service: String) -> String? {
        open.last(of: service)?.id
    }

    // MARK: - Outages

    private mutating func recordFault(_ service: Service, since: Instant, now: Instant) -> Action {
        pendingOutages[service.id] = nil
        let outage = failing.outage(of: service, since: since)
        if let position = CommonCause.position(in: open, of: service, outage) {
            return append(.serviceDown(outage), at: since, to: position, now: now)
        }
        return openIncident(outage, now: now)
    }

    private mutating func openIncident(_ outage: AffectedService, now: Instant) -> Action {
        let event = IncidentEvent(
            at: outage.downSince ?? now, recordedAt: now, by: IncidentEvent.monitor,
            .opened(.outage, cause: Self.words(outage.cause), services: [outage]))
        guard let incident = try? Incident(number: lastNumber + 1, opening: event) else {
            preconditionFailure("an outage that has begun, with its cause, opens an incident")
        }
        lastNumber = incident.number
        open.add(incident)
        handling.reevaluate(open.all.count - 1)
        return .record(incident: incident.number, event: event)
    }

    private static func words(_ cause: String?) -> String {
        guard let cause, !cause.allSatisfy(\.isWhitespace) else { return "no answer as expected" }
        return cause
    }

    private mutating func append(
        _ change: IncidentEvent.Change, at instant: Instant, to position: Int, now: Instant
    ) -> Action {
        let event = IncidentEvent(at: instant, recordedAt: now, by: IncidentEvent.monitor, change)
        do {
            try open.append(event, at: position)
        } catch {
            preconditionFailure("what the monitor sees can always be appended to an open incident")
        }
        handling.reevaluate(position)
        return .record(incident: open.all[position].number, event: event)
    }
}
