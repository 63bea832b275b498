/// The incidents as the monitor follows them from step to step, and what is said of services that fell together.
struct FollowedIncidents: Sendable, Equatable {
    private var watch: IncidentWatch
    private var together: SharedAlerts
    /// The number of the last event of any incident that is known here.
    private var lastEvent: Revertible<Int64>

    /// Those that go on after `history`.
    init(_ history: MonitorHistory) {
        watch = IncidentWatch(
            transitions: history.transitions, incidents: history.incidents,
            alerts: history.alerts(of: .handlingDue, .handlingOverdue, .sharedFailure, .serviceDown, .serviceUp),
            blind: history.blind)
        together = SharedAlerts(resuming: history.alerts(of: .serviceDown, .serviceUp))
        lastEvent = Revertible(history.incidentsVersion)
    }

    /// The number of the last event of any incident that is known here.
    var version: Int64 { lastEvent.current }

    /// The services are those of `catalog` from now on.
    mutating func update(_ catalog: Catalog) { watch.update(catalog) }

    /// Takes over what is recorded.
    mutating func merge(_ changed: MonitorNews.Incidents) {
        watch.merge(changed.changed, lastNumber: changed.lastNumber)
        lastEvent.set(changed.version)
    }

    /// Takes note of what checks of `catalog` were found with before the start, but for what `corrections` take; of which
    /// domains references can tell, and what they answered last, `seen` says.
    mutating func recall(
        _ past: SightRecollection, _ catalog: Catalog, _ corrections: CorrectionIndex, seen: [SightDomain: Instant]
    ) {
        let own = Dictionary(grouping: past.observations.filter { !$0.check.isOfReference }, by: \.check.service)
        let counting = own.flatMap { id, found -> [Observation] in
            guard let service = catalog.service(id) else { return [] }
            let corrected = corrections.corrections(of: service)
            let counted = Set(service.checks.filter(\.counts).map(\.id))
            return found.filter { counted.contains($0.check.check) && !corrected[$0.check.check].takes($0.sample) }
        }
        watch.observe(counting.sorted { ($0.sample.at, $0.check) < ($1.sample.at, $1.check) }, seen: seen)
    }

    /// Takes note of what became of sight, of what references answered last, and of what probes found, in order of time.
    mutating func observe(
        _ observations: [Observation], sight: [SightChange], seen: [SightDomain: Instant]
    ) {
        watch.observe(observations, sight: sight, seen: seen)
    }

    /// Whether it depends on failures that may be the monitor's own, so far, that most targets have fallen since `start`.
    func isUndecided(from start: Instant, now: Now) -> Bool { watch.isUndecided(from: start, now: now.recordedAt) }

    /// The wall clock was set back. Called between two steps.
    mutating func clockSetBack() { watch.clockSetBack() }

    /// Adds to `facts`, with the transitions and alerts of a step, what follows of them and of what was observed for
    /// incidents, and marks what is said of many at once.
    mutating func decide(
        _ facts: inout MonitorFacts, catalog: Catalog, exclusions: ExclusionIndex, now: Now
    ) {
        let actions = Self.rounds(facts.transitions).flatMap { transitions in
            watch.decide(
                transitions, catalog: catalog, exclusions: exclusions, now: now.recordedAt, isDoubted: now.isDoubted)
        }
        // Who pages people at night says under which number it is handled.
        let named: Set<AlertEvent> = [.serviceDown, .serviceWithdrawn]
        for index in facts.alerts.indices where named.contains(facts.alerts[index].event) {
            guard let incident = watch.incident(of: facts.alerts[index].subject) else { continue }
            facts.alerts[index].fields.append(Alert.Field("incident", incident))
        }
        let shared = perform(actions, &facts)
        together.mark(&facts.alerts, shared: shared)
    }

    /// - Returns: the services that fell together with most others.
    private mutating func perform(_ actions: [IncidentWatch.Action], _ facts: inout MonitorFacts) -> Set<String> {
        if actions.isEmpty { return [] }
        var shared: Set<String> = []
        for action in actions {
            switch action {
            case .record(let incident, let event):
                facts.incidentEvents.append(RecordedIncidentEvent(incident: incident, event: event))
            case .alert(let alert): facts.alerts.append(alert)
            case .share(let service, let incident):
                shared.insert(service)
                together.add(service, to: "I\(incident)")
            }
        }
        facts.incidentsVersion = lastEvent.current
        lastEvent.update { $0 += Int64(facts.incidentEvents.count) }
        return shared
    }

    /// `transitions` one after the other of each service: an outage that was over before it could be said has its
    /// incident first, then its end.
    private static func rounds(_ transitions: [Transition]) -> [[Transition]] {
        var rounds: [[Transition]] = [[]]
        var counts: [String: Int] = [:]
        for transition in transitions {
            let round = counts[transition.service, default: 0]
            counts[transition.service] = round + 1
            if round == rounds.count { rounds.append([]) }
            rounds[round].append(transition)
        }
        return rounds
    }

    /// What has changed stays.
    mutating func commit() {
        watch.commit()
        together.commit()
        lastEvent.commit()
    }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() {
        watch.revert()
        together.revert()
        lastEvent.revert()
    }
}
