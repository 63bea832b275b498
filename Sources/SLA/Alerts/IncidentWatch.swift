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
    /// The latest failure of most targets at once, also where it is over.
    private var shared: Revertible<SharedFailure?>
    private var handling: HandlingWatch

    /// A watch that resumes from what is recorded.
    ///
    /// - Parameters:
    ///   - transitions: the latest of each service.
    ///   - incidents: all of them, the ended ones too.
    ///   - alerts: the latest `handling_due` and the latest `handling_overdue` of each incident, the latest
    ///     `shared_failure`, and the latest `service_down` or `service_up` of each service.
    ///   - blind: what the monitor is blind for.
    public init(transitions: [Transition], incidents: [Incident], alerts: [Alert], blind: [Blindness] = []) {
        wave = FailureWave(blind: blind)
        shared = Revertible(SharedFailure(resuming: alerts))
        open = OpenIncidents(
            states: Dictionary(transitions.map { ($0.service, $0.state) }, uniquingKeysWith: { _, last in last }))
        handling = HandlingWatch(resuming: alerts)
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
    ///
    /// - Parameter seen: the domains whose references can tell, each with the question that was answered last.
    public mutating func observe(
        _ observations: [Observation], sight: [SightChange] = [], seen: [SightDomain: Instant] = [:]
    ) {
        for change in sight { wave.observe(change) }
        wave.observe(seen: seen)
        for observation in observations {
            failing.observe(observation)
            wave.observe(observation)
        }
    }

    /// Whether it depends on failures that may be the monitor's own, so far, that most targets have fallen since `start`.
    func isUndecided(from start: Instant, now: Instant) -> Bool { wave.isUndecided(from: start, to: now) }

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
            pendingOutages.end(transition.service)
            guard let service = catalog.service(transition.service) else { continue }
            switch transition.state {
            // Whether it is a fault is looked at below, together with those that were none so far.
            case .down: pendingOutages.begin(service.id, since: transition.since)
            case .up:
                if let shared = shared.current, incidentThatGoesOn(of: shared) != nil {
                    self.shared.update { $0?.add(service.id) }
                }
                for number in open.recovered(by: service.id) {
                    let since = isDoubted ? now : min(transition.since, now)
                    actions.append(append(.recovered, at: since, to: number, now: now))
                }
            case .unmeasured: break
            }
        }
        if isDoubted { return actions }
        let faults = pendingOutages.faults(of: catalog, exclusions, now: now)
        let common = sharedFailure(of: faults, now: now)
        for fault in faults {
            actions += recordFault(fault.service, since: fault.start, isShared: common.isThere, now: now)
        }
        if common.isNew, let alert = shared.current?.alert(at: now, failing.cause(of: faults)) {
            actions.append(.alert(alert))
        }
        return actions + handling.decide(open, under: catalog.agreement, now: now).map(Action.alert)
    }

    /// The identifier of the open incident that concerns `service`: the latest, where several do.
    public func incident(of service: String) -> String? {
        open.last(of: service)?.id
    }

    // MARK: - Outages

    /// - Parameter isShared: whether a failure of most targets at once goes on.
    private mutating func recordFault(
        _ service: Service, since: Instant, isShared: Bool, now: Instant
    ) -> [Action] {
        pendingOutages.end(service.id)
        let outage = failing.outage(of: service, since: since)
        // Who fell with the others is part of it, also where it is known only when they stand again.
        let isPart =
            shared.current.map {
                isShared ? $0.includes(service, since: since) : $0.began(with: service, since: since)
            } ?? false
        let common = isPart ? shared.current?.incident.flatMap { open[$0]?.number } : nil
        let known = common ?? (isPart && isShared ? nil : CommonCause.incident(in: open, of: service, outage))
        let action = known.map { append(.serviceDown(outage), at: since, to: $0, now: now) }
        let recorded = action ?? openIncident(outage, now: now)
        if isShared || isPart { shared.update { $0?.add(service.id) } }
        guard isPart else { return [recorded] }
        let number = known ?? lastNumber.current
        if common == nil { shared.update { $0?.incident = number } }
        return [recorded, .share(service: service.id, incident: number)]
    }

    /// Whether `faults` are of a failure of most targets at once, ``shared``, and whether that is a new one.
    private mutating func sharedFailure(
        of faults: [PendingOutages.Begun], now: Instant
    ) -> (isThere: Bool, isNew: Bool) {
        if faults.isEmpty { return (false, false) }
        // As long as hardly anybody stands again, who falls next is of the same; who had been up since is not.
        let known = shared.current.flatMap { isOver($0, now: now) ? nil : $0 }
        let others = faults.filter { fault in
            known.map { !$0.includes(fault.service, since: fault.start) } ?? true
        }
        guard let since = others.map(\.start).min() else { return (true, false) }
        var count = wave.count(from: since, to: now)
        count.includeThoseWhoStandAgain(others.count - count.down)
        guard count.isShared else { return (known != nil, false) }
        var found = SharedFailure(since: since, count)
        if let first = firstToFall(before: since, others) {
            found.incident = first.number
            for service in first.services { found.add(service.service) }
        } else {
            found.incident = incidentOfMost(others)
        }
        shared.set(found)
        return (true, true)
    }

    /// Whether `failure` is over: its services are up again, or a person has ended its incident, or most stand.
    private func isOver(_ failure: SharedFailure, now: Instant) -> Bool {
        incidentThatGoesOn(of: failure) == nil || !wave.count(from: failure.since, to: now).isShared
    }

    /// The incident of `failure`; nil where it is recovered, or has ended.
    private func incidentThatGoesOn(of failure: SharedFailure) -> Incident? {
        failure.incident.flatMap { open[$0] }.flatMap { $0.recoveredAt == nil ? $0 : nil }
    }

    /// The incident that most of `faults` are part of by themselves; nil where they are of none.
    private func incidentOfMost(_ faults: [PendingOutages.Begun]) -> Int64? {
        var votes: [Int64?: Int] = [:]
        for fault in faults {
            let outage = failing.outage(of: fault.service, since: fault.start)
            votes[CommonCause.incident(in: open, of: fault.service, outage), default: 0] += 1
        }
        return votes.max { ($0.value, $1.key ?? .max) < ($1.value, $0.key ?? .max) }?.key
    }

    /// The incident of who fell as the first, before `instant` and alone, so that nobody knew yet that the others would
    /// follow within an interval; nil where there is none.
    private func firstToFall(before instant: Instant, _ faults: [PendingOutages.Begun]) -> Incident? {
        let interval = faults.map(\.service.slowestInterval).max() ?? 0
        let near = open.numbers.compactMap { open[$0] }.filter { incident in
            incident.recoveredAt == nil && incident.openedAt <= instant && instant - incident.openedAt <= interval
                && incident.services.contains { $0.downSince == incident.openedAt }
        }
        return near.min { $0.number < $1.number }
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
