import Platform
import SLA

@testable import SLA

/// What the monitor keeps, without a ledger: for many histories in little time.
struct MemoryLedger {
    let catalog: Catalog
    let references: [Reference]
    private(set) var samples: [CheckID: [Pass: [Instant: Sample]]] = [:]
    private(set) var passEnds: [PassEnd] = []
    private(set) var clockTrust: ClockTrustChange?
    private(set) var corrections: [Correction] = []
    private(set) var transitions: [Transition] = []
    private(set) var alerts: [Alert] = []
    private(set) var incidentEvents: [RecordedIncidentEvent] = []
    private(set) var exclusions: [Exclusion] = []
    private(set) var maintenance = MaintenanceRecord()

    /// How many of each were known to the monitor at its last step.
    private var seen = (exclusions: 0, maintenance: 0, corrections: 0, passEnds: 0)
    private var exclusionsVersion = 0
    private var maintenanceVersion = 0
    private var correctionsVersion = 0

    init(_ catalog: Catalog, seeingBy references: [Reference] = []) {
        self.catalog = catalog
        self.references = references
    }

    // MARK: - What is kept

    /// Keeps `facts`, which are known at `now`; whether nobody was quicker.
    mutating func keep(_ facts: MonitorFacts, at now: Instant) -> Bool {
        if let version = facts.incidentsVersion, version != Int64(incidentEvents.count) { return false }
        if let end = facts.passEnd { passEnds.append(end) }
        clockTrust = facts.clockTrust ?? clockTrust
        for found in facts.observations {
            let sample = found.sample
            samples[found.check, default: [:]][sample.pass, default: [:]][sample.at] =
                samples[found.check]?[sample.pass]?[sample.at] ?? sample
        }
        for change in facts.sight { keep(change, at: now) }
        transitions += facts.transitions
        alerts += facts.alerts
        incidentEvents += facts.incidentEvents
        return true
    }

    private mutating func keep(_ change: SightChange, at now: Instant) {
        let words = SightWords(reason: "blind", evidence: "all fail")
        for fact in change.facts(beside: corrections, in: { _ in words }, at: now) {
            correctionsVersion += 1
            switch fact {
            case .correction(var correction):
                correction.id = "V\(corrections.count + 1)"
                corrections.append(correction)
            case .correctionRevocation(let id, let revocation):
                for index in corrections.indices where corrections[index].id == id {
                    corrections[index].revocation = revocation
                }
            default: preconditionFailure("sight is kept as corrections")
            }
        }
    }

    /// A person records or revokes an exclusion.
    mutating func record(_ exclusion: Exclusion) {
        exclusions.removeAll { $0.id == exclusion.id }
        exclusions.append(exclusion)
        exclusionsVersion += 1
    }

    /// A person records a correction.
    mutating func record(_ correction: Correction) {
        var named = correction
        named.id = "V\(corrections.count + 1)"
        corrections.append(named)
        correctionsVersion += 1
    }

    /// A person plans maintenance, or says that notice was given.
    mutating func plan(_ change: (inout MaintenanceRecord) -> Void) {
        change(&maintenance)
        maintenanceVersion += 1
    }

    /// A person records an event of an incident.
    mutating func record(_ event: IncidentEvent, of incident: Int64) {
        incidentEvents.append(RecordedIncidentEvent(incident: incident, event: event))
    }

    /// Every incident.
    func incidents() throws -> [Incident] {
        try Dictionary(grouping: incidentEvents, by: \.incident).sorted { $0.key < $1.key }.map { number, facts in
            try Incident(number: number, history: facts.map(\.event))
        }
    }

    // MARK: - What is read

    /// The samples of each pass of `id`, the passes and what is in each in order.
    private func series(_ id: CheckID) -> [(pass: Pass, samples: [Sample])] {
        (samples[id] ?? [:]).sorted { $0.key < $1.key }.map { ($0, $1.values.sorted { $0.at < $1.at }) }
    }

    func timeline(_ id: CheckID, _ rules: SeriesRules) -> CheckTimeline {
        var timeline = CheckTimeline(rules.check, voids: rules.voids, ends: passEnds.ends(of: id))
        for sample in series(id).flatMap(\.samples) { timeline.append(sample) }
        return timeline
    }

    private func again(_ id: CheckID, from instant: Instant, _ rules: SeriesRules) -> [SamplesAgain] {
        series(id).map { pass, all in
            let after = all.last { $0.at < instant && $0.state == .up && !rules.leavesOut($0) }
            return SamplesAgain(pass: pass, after: after, samples: all.filter { $0.at > after?.at ?? .distantPast })
        }
    }

    private func history(_ now: Instant) throws -> MonitorHistory {
        let start = catalog.agreement.calendar.interval(ofMonthContaining: now).start
        var latest: [Alert] = []
        for group in MonitorHistory.latches {
            let own = alerts.enumerated().filter { group.contains($0.element.event) }
            let last = Dictionary(own.map { ($0.element.subject, $0) }, uniquingKeysWith: { _, last in last })
            latest += last.values.sorted { $0.offset < $1.offset }.map(\.element)
        }
        latest += alerts.filter { MonitorHistory.ofTheMonth.contains($0.event) && $0.at >= start }
        let states = Dictionary(transitions.map { ($0.service, $0) }, uniquingKeysWith: { _, last in last })
        return MonitorHistory(
            alerts: latest, transitions: states.values.sorted { $0.service < $1.service }, incidents: try incidents(),
            incidentsVersion: Int64(incidentEvents.count), pass: pass,
            isClockDoubted: clockTrust?.isDoubted ?? false, blind: corrections.compactMap { Blindness(open: $0) })
    }

    /// The pass that began last.
    private var pass: Pass { passEnds.last?.next ?? 0 }

    /// Has `clock` go on where the samples are, as `PassClock.goOn(with:)` does where there is a ledger.
    func goOn(_ clock: PassClock) {
        let passes = samples.values.flatMap { $0 }
        let latest = passes.filter { $0.key == pass }.flatMap { $0.value.keys }.max()
        let next = max(pass, passes.map(\.key).max() ?? 0) + 1
        let known = clockTrust?.isDoubted == true ? clockTrust?.at : latest.map { $0 + 1 } ?? clockTrust?.at
        let isSame = latest.map { $0 < clock.began && clock.began - $0 < 3_600_000 } ?? true
        clock.goOn(in: isSame ? pass : next, next: isSame ? next : next + 1, after: known)
    }

    /// What references were found with, and what checks failed with, as a start reads it.
    private func recollection(_ now: Now) -> SightRecollection {
        let asked = SightRecollection.ofReferences(references, before: now.wall)
        let failed = SightRecollection.ofChecks(besides: references, before: now.wall)
        let past = samples.flatMap { id, own in
            let last = own[now.pass]?.keys.max()
            return (own[now.pass] ?? [:]).values.filter { sample in
                id.isOfReference
                    ? asked?.contains(sample.at) == true
                    : failed?.contains(sample.at) == true && (sample.state != .up || sample.at == last)
            }.map { Observation(check: id, sample: $0, address: "192.0.2.1", cause: .connection(.refused)) }
        }
        return SightRecollection(past, judged: corrections.compactMap { Blindness(judged: $0) })
    }

    /// A monitor that begins at `now`, where the facts are, and the first news that it is to be given.
    mutating func start(at now: Now) throws -> (state: MonitorState, news: MonitorNews) {
        let history = try history(now.wall)
        let state = MonitorState(catalog.agreement, history)
        var news = MonitorNews()
        news.catalog = catalog
        news.history = history
        news.references = references
        news.recollection = recollection(now)
        for service in catalog.services {
            let corrected = ServiceCorrections(corrections, of: service, asOf: now.wall)
            for check in service.rules.checks {
                let id = CheckID(service: service.id, check: check)
                news.timelines[id] = timeline(
                    id, SeriesRules(service.rules.rules(of: check), voids: corrected[check]))
            }
        }
        seen = (-1, -1, -1, -1)
        readExclusions(&news)
        return (state, news)
    }

    /// What `state` does not know yet.
    mutating func news(for state: MonitorState) throws -> MonitorNews {
        var news = MonitorNews()
        readExclusions(&news)
        for it in state.checksToRead {
            if let from = it.from {
                news.again[it.id] = again(it.id, from: from, it.rules)
            } else {
                news.timelines[it.id] = timeline(it.id, it.rules)
            }
        }
        if state.incidentsVersion != Int64(incidentEvents.count) {
            let changed = Set(incidentEvents[Int(state.incidentsVersion)...].map(\.incident))
            let all = try incidents()
            news.incidents = MonitorNews.Incidents(
                changed: all.filter { changed.contains($0.number) }, lastNumber: all.last?.number ?? 0,
                version: Int64(incidentEvents.count))
        }
        return news
    }

    private mutating func readExclusions(_ news: inout MonitorNews) {
        if seen.exclusions != exclusionsVersion { news.exclusions = exclusions }
        if seen.maintenance != maintenanceVersion { news.maintenance = maintenance }
        if seen.corrections != correctionsVersion { news.corrections = corrections }
        if seen.passEnds != passEnds.count { news.passEnds = passEnds }
        seen = (exclusionsVersion, maintenanceVersion, correctionsVersion, passEnds.count)
    }
}
