/// The incidents as the daemon follows them: outages and the clock in, decisions out. It performs nothing.
public struct IncidentWatch: Sendable, Equatable {
    /// What the watch has decided; the caller makes it durable, then known.
    public enum Action: Hashable, Sendable {
        /// `event` is the next of the incident numbered `incident`.
        case record(incident: Int64, event: IncidentEvent)
        case alert(Alert)
        /// The outage of `service` is part of the failure of most targets at once, in the incident numbered `incident`.
        case share(service: String, incident: Int64)
    }

    private var open: OpenIncidents
    private var lastNumber = Revertible<Int64>(0)
    private var pendingOutages: PendingOutages
    private var failing = FailingChecks()
    private var wave: FailureWave
    /// The latest failure of most targets at once.
    private var shared: Revertible<SharedFailure?>
    private var handling: HandlingWatch

    /// A watch that resumes from what is recorded.
    ///
    /// - Parameters:
    ///   - transitions: the latest of each service.
    ///   - incidents: all of them, the ended ones too.
    ///   - alerts: the latest `handling_due` and the latest `handling_overdue` of each incident, and the latest
    ///     `shared_failure`.
    ///   - blind: what the monitor is blind for.
    public init(transitions: [Transition], incidents: [Incident], alerts: [Alert], blind: [Blindness] = []) {
        wave = FailureWave(blind: blind)
        shared = Revertible(SharedFailure(resuming: alerts.last { $0.event == .sharedFailure }))
        open = OpenIncidents(
            states: Dictionary(transitions.map { ($0.service, $0.state) }, uniquingKeysWith: { _, last in last }))
        handling = HandlingWatch(resuming: alerts.filter { $0.event != .sharedFailure })
        // An outage is recorded with the incident that it is part of, and so at no earlier time.
        let lastOutages = Dictionary(incidents.flatMap(\.outages), uniquingKeysWith: max)
        let outside = transitions.filter { transition in
            transition.state == .down && lastOutages[transition.service].map { $0 < transition.at } ?? true
        }
        pendingOutages = PendingOutages(
            Dictionary(outside.map { ($0.service, $0.since) }, uniquingKeysWith: { _, last in last }))
        replace(open: incidents.filter(\.isOpen), lastNumber: incidents.map(\.number).max() ?? 0)
    }

    /// Takes over what is recorded: the open incidents, and the number of the last one ever opened.
    public mutating func replace(open: [Incident], lastNumber: Int64) {
        self.open.replace(open)
        handling.replace(self.open.numbers)
        self.lastNumber = Revertible(lastNumber)
        commit()
    }

    /// Takes over what is recorded of `incidents`, and the number of the last one ever opened; of all others nothing
    /// new is recorded.
    public mutating func merge(_ incidents: [Incident], lastNumber: Int64) {
        for incident in incidents {
            open.merge(incident)
            handling.reevaluate(incident.number)
        }
        self.lastNumber = Revertible(lastNumber)
        commit()
    }

    /// The services are those of `catalog` from now on.
    public mutating func update(_ catalog: Catalog) {
        guard open.update(catalog) else { return }
        pendingOutages.reevaluateAll()
    }

    /// The wall clock was set back. Called between two steps.
    mutating func clockSetBack() { handling.clockSetBack(open.numbers) }

    /// What has changed stays.
    public mutating func commit() {
        open.commit()
        lastNumber.commit()
        pendingOutages.commit()
        failing.commit()
        wave.commit()
        shared.commit()
        handling.commit()
    }

    /// Everything is as it was at the last ``commit()``.
    public mutating func revert() {
        open.revert()
        lastNumber.revert()
        pendingOutages.revert()
        failing.revert()
        wave.revert()
        shared.revert()
        handling.revert()
    }

    /// Takes note of what became of the monitor's sight, and of what probes found, in order of time.
    public mutating func observe(_ observations: [Observation], sight: [SightChange] = []) {
        for change in sight { wave.observe(change) }
        for observation in observations {
            failing.observe(observation)
            wave.observe(observation)
        }
    }

    /// Decides what is new at `now`, after `transitions`.
    ///
    /// - Parameters:
    ///   - exclusions: all that are recorded.
    ///   - isDoubted: whether the wall clock may be wrong, and `now` is where it should be: then no incident opens, and
    ///     nothing is said of a deadline.
    public mutating func decide(
        _ transitions: [Transition], catalog: Catalog, exclusions: ExclusionIndex, now: Instant,
        isDoubted: Bool = false
    ) -> [Action] {
        update(catalog)
        var actions: [Action] = []
        // The outage that began first opens the incident that the others join.
        for transition in transitions.sorted(by: { ($0.since, $0.service) < ($1.since, $1.service) }) {
            open.set(transition.service, to: transition.state)
            guard let service = catalog.service(transition.service) else { continue }
            pendingOutages.end(service.id)
            switch transition.state {
            // Whether it is a fault is looked at below, together with those that were none so far.
            case .down: pendingOutages.begin(service.id, since: transition.since)
            case .up:
                for number in open.recovered(by: service.id) {
                    let since = isDoubted ? now : min(transition.since, now)
                    actions.append(append(.recovered, at: since, to: number, now: now))
                }
            case .unmeasured: break
            }
        }
        if isDoubted { return actions }
        let faults = pendingOutages.faults(of: catalog, exclusions, now: now)
        let (sharedNow, isNew) = sharedFailure(of: faults, now: now)
        for fault in faults {
            actions += recordFault(fault.service, since: fault.start, sharedNow, now: now)
        }
        if isNew, let alert = shared.current?.alert(at: now, failing.cause(of: faults)) {
            actions.append(.alert(alert))
        }
        return actions + handling.decide(open, under: catalog.agreement, now: now).map(Action.alert)
    }

    /// The identifier of the open incident that concerns `service`: the latest, where several do.
    public func incident(of service: String) -> String? {
        open.last(of: service)?.id
    }

    // MARK: - Outages

    private mutating func recordFault(
        _ service: Service, since: Instant, _ sharedNow: SharedFailure?, now: Instant
    ) -> [Action] {
        pendingOutages.end(service.id)
        let outage = failing.outage(of: service, since: since)
        // Who fell with the others is part of it, also where it is known only when they stand again.
        let isPart =
            sharedNow?.includes(since, interval: service.slowestInterval)
            ?? shared.current?.began(with: since, interval: service.slowestInterval) ?? false
        let common = isPart ? shared.current?.incident.flatMap { open[$0]?.number } : nil
        let known = CommonCause.incident(in: open, of: service, outage) ?? common
        let action = known.map { append(.serviceDown(outage), at: since, to: $0, now: now) }
        let recorded = action ?? openIncident(outage, now: now)
        guard isPart else { return [recorded] }
        let number = known ?? lastNumber.current
        if common == nil { shared.update { $0?.incident = number } }
        return [recorded, .share(service: service.id, incident: number)]
    }

    /// The failure of most targets at once that `faults` are of, and whether it was not known; nil where they are of none.
    private mutating func sharedFailure(
        of faults: [PendingOutages.Begun], now: Instant
    ) -> (SharedFailure?, isNew: Bool) {
        guard let since = faults.map(\.start).min() else { return (nil, false) }
        // As long as hardly anybody stands again, what falls next is of the same.
        if let known = shared.current, wave.count(from: known.since, to: now).isShared { return (known, false) }
        var count = wave.count(from: since, to: now)
        count.includeThoseWhoStandAgain(faults.count - count.down)
        guard count.isShared else { return (nil, false) }
        var found = SharedFailure(since: since, count)
        found.incident = firstToFall(before: since, faults)
        shared.set(found)
        return (found, true)
    }

    /// The incident of who fell as the first, before `instant` and alone, so that nobody knew yet that the others would
    /// follow within an interval; nil where there is none.
    private func firstToFall(before instant: Instant, _ faults: [PendingOutages.Begun]) -> Int64? {
        let interval = faults.map(\.service.slowestInterval).max() ?? 0
        let near = open.numbers.filter { number in
            guard let incident = open[number], incident.recoveredAt == nil else { return false }
            return incident.openedAt <= instant && instant - incident.openedAt <= interval
                && incident.services.contains { $0.downSince == incident.openedAt }
        }
        return near.min()
    }

    private mutating func openIncident(_ outage: AffectedService, now: Instant) -> Action {
        let event = IncidentEvent(
            at: outage.downSince ?? now, recordedAt: now, by: IncidentEvent.monitor,
            .opened(.outage, cause: outage.cause ?? .noAnswer, services: [outage]))
        guard let incident = try? Incident(number: lastNumber.current + 1, opening: event) else {
            preconditionFailure("an outage that has begun, with its cause, opens an incident")
        }
        lastNumber.set(incident.number)
        open.merge(incident)
        handling.reevaluate(incident.number)
        return .record(incident: incident.number, event: event)
    }

    private mutating func append(
        _ change: IncidentEvent.Change, at instant: Instant, to number: Int64, now: Instant
    ) -> Action {
        let event = IncidentEvent(at: instant, recordedAt: now, by: IncidentEvent.monitor, change)
        do {
            try open.append(event, to: number)
        } catch {
            preconditionFailure("what the monitor sees can always be appended to an open incident")
        }
        handling.reevaluate(number)
        return .record(incident: number, event: event)
    }
}
