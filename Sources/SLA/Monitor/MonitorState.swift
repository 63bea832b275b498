/// All that the monitor knows and decides by. It performs nothing: whoever steps it keeps the facts, then does what is
/// to be done, and calls ``commit()``; or ``revert()`` where the facts could not be kept.
///
/// A step costs what it touches, and has a bound: what is left over is for the next.
public struct MonitorState: Sendable, Equatable {
    /// How many observations a step should have at the most, so that it stays short.
    public static let mostObservations = 2000

    private var services: WatchedServices
    private var exclusions: ExclusionWatch
    private var withdrawals: WithdrawalWatch
    private var corrections = CorrectionWatch()
    private var incidents: FollowedIncidents
    private var sight: SightWatch
    private var measurement: Revertible<MeasurementWatch>
    private var sweep: Revertible<ReviewSweep>
    /// Services to be looked at in the next step, as something is new of them.
    private var touched = Revertible<Set<String>>([])
    /// Alerts that were announced before they could be kept.
    private var unrecorded: Revertible<[Alert]>
    private var clock: ClockWatch
    /// Whether what is left in the outbox is to be tried again.
    private var isOutboxDue = Revertible(false)

    /// The monitor of nothing yet, after `history`: its first step has news of the services.
    ///
    /// - Parameter announced: the loss of sight that was announced and may not have been kept; nil where there is none.
    public init(_ agreement: Agreement, _ history: MonitorHistory, announced: Alert? = nil) {
        services = WatchedServices(agreement)
        exclusions = ExclusionWatch(history)
        withdrawals = WithdrawalWatch(history)
        incidents = FollowedIncidents(history)
        sight = SightWatch(resuming: history.blind)
        sweep = Revertible(ReviewSweep())
        let latest = history.alerts(of: .measurementLost, .measurementRestored).last
        // What was announced and is not in the ledger is kept first of all, and goes on from there.
        let note = announced.flatMap { note in latest.map { $0.at < note.at } ?? true ? note : nil }
        unrecorded = Revertible(note.map { [$0] } ?? [])
        measurement = Revertible(MeasurementWatch(resuming: note ?? latest))
        clock = ClockWatch(history)
    }

    // MARK: - What is to be read

    /// The services as they are followed.
    public var catalog: Catalog { services.catalog }

    /// The services of `catalog` of which ``MonitorNews/history`` and ``MonitorNews/timelines`` must tell, where they
    /// are to be followed.
    public func unread(in catalog: Catalog) -> [Service] { services.unread(in: catalog) }

    /// The checks whose samples are to be read anew, since some came out of order, or from elsewhere, or are read
    /// otherwise now.
    public var checksToRead: [CheckToRead] { services.checksToRead }

    /// What samples are read with.
    var readWith: CorrectionIndex { corrections.index }

    /// What the monitor is blind for.
    var blind: [Blindness] { sight.blind }

    /// The number of the last event of any incident that is known here.
    public var incidentsVersion: Int64 { incidents.version }

    /// The running month's figures of `service` at `now`: those of a report of that instant.
    mutating func figures(of service: String, at now: Instant) -> MonthToDate? {
        services.figures(of: service, at: now, exclusions: exclusions.index)
    }

    // MARK: - A step

    /// What follows from `events`, from `news`, and from the time.
    ///
    /// The news are facts, and stay known whatever becomes of the step.
    public mutating func step(_ events: MonitorEvents, _ news: MonitorNews = MonitorNews(), now: Now) -> MonitorStep {
        var warnings = merge(news, now: now)
        var facts = MonitorFacts(observations: events.observations, clock: see(now))
        warnings += facts.clockStep.map { [.clockStepped($0)] } ?? []
        warnings += facts.clockTrust.map { [.clockTrust($0)] } ?? []
        if sweep.current.isDue(now.monotonic) {
            sweep.update { $0.begin(isThorough: false, now: now.monotonic) }
            isOutboxDue.set(true)
        }
        decide(&facts, events, now)
        warnings += sight.takeWarnings().map(MonitorWarning.sight)
        let isToDeliver = isOutboxDue.current || !facts.alerts.isEmpty
        if isOutboxDue.current { isOutboxDue.set(false) }
        return MonitorStep(
            facts: facts, announcements: isToDeliver ? [.deliverOutbox] : [], warnings: warnings,
            isCutShort: sweep.current.isUnderWay)
    }

    /// What has become of the wall clock.
    private mutating func see(_ now: Now) -> ClockWatch.Change {
        let change = clock.see(now)
        if change.step != nil {
            sight.clockStepped(to: now.wall)
            // What the clock shows is so whatever becomes of the step, and is seen once.
            sight.commit()
        }
        if let step = change.step, step < 0 {
            incidents.clockSetBack()
            exclusions.clockSetBack()
        }
        if change.trust?.isDoubted == false {
            // What waited for it is decided now.
            sweep.update { $0.begin(isThorough: false, now: now.monotonic) }
            sweep.commit()
        }
        return change
    }

    private mutating func decide(_ facts: inout MonitorFacts, _ events: MonitorEvents, _ now: Now) {
        facts.alerts = unrecorded.current
        if !facts.alerts.isEmpty { unrecorded.set([]) }
        let sorted = events.observations.sorted { ($0.sample.pass, $0.sample.at) < ($1.sample.pass, $1.sample.at) }
        sight.observe(sorted, now: now.wall)
        facts.sight = sight.takeChanges()
        let own = sorted.filter { !$0.check.isOfReference }
        // Neither an incident nor a failure of most is made of what is in no figure.
        let counted = own.filter { !services.isUncounted($0.check) }
        incidents.observe(counted, sight: facts.sight, seen: sight.seen)
        let (toDecide, waited) = servicesToDecide(own, now)
        let actions = services.decide(
            toDecide, now: now.wall, monotonic: now.monotonic, exclusions: exclusions.index,
            corrections: corrections.index, isSteady: clock.isSettled(at: now), isDoubted: now.isDoubted,
            waited: waited, waits: sight.holdsCheck)
        for action in actions {
            switch action {
            case .transition(let transition): facts.transitions.append(transition)
            case .alert(let alert): facts.alerts.append(alert)
            }
        }
        let withdrawn = withdrawals.decide(catalog, now: now.wall)
        facts.transitions += withdrawn.compactMap(\.transition)
        facts.alerts += withdrawn.map(\.alert)
        withdrawals.observe(facts.alerts, facts.transitions)
        // What is said of these comes with an instant.
        if !now.isDoubted { facts.alerts += exclusions.decide(under: catalog.agreement, now: now.wall) }
        let (checks, blind) = (services.checkCount, sight.blind)
        measurement.update { $0.observe(own, checks: checks, blind: blind) }
        if let alert = measurement.update({ $0.decide(now: now) }) {
            facts.alerts.append(alert)
        }
        incidents.decide(&facts, catalog: catalog, exclusions: exclusions.index, now: now)
    }

    /// Feeds `observations`, and says who is to be looked at in this step: not who may have fallen while it is being
    /// found out whether the monitor sees. Of those who need not wait any longer, also since when they have failed.
    private mutating func servicesToDecide(
        _ observations: [Observation], _ now: Now
    ) -> (Set<String>, waited: [String: Instant]) {
        var toDecide = services.append(observations).union(touched.current)
        if !touched.current.isEmpty { touched.set([]) }
        for observation in observations where observation.sample.state == .down {
            if services.isUncounted(observation.check) {
                sight.holdCheck(observation, now: now.monotonic)
            } else if services.mayFall(observation.check.service) {
                sight.hold(observation.check.service, observation, now: now.monotonic)
            }
        }
        toDecide.formUnion(sight.releaseChecks(now: now.monotonic))
        let released = sight.release(now: now.monotonic) { incidents.isUndecided(from: $0, now: now) }
        if sweep.current.isUnderWay {
            var next = sweep.current
            toDecide.formUnion(next.take { services.isQuiet($0, at: now.wall) })
            sweep.set(next)
        }
        return (toDecide.filter { !sight.holds($0) }.union(released.keys), released)
    }

    // MARK: - News

    /// Takes over what is recorded, at the beginning of a step or before it.
    ///
    /// - Returns: what an operator should know.
    public mutating func merge(_ news: MonitorNews, now: Now) -> [MonitorWarning] {
        var warnings: [MonitorWarning] = []
        var isForAll = false
        if let catalog = news.catalog {
            warnings = catalog.paidTimeLost(since: services.catalog)
            services.update(
                catalog, news.history, timelines: news.timelines, disrupted: news.disrupted, from: news.timelinesFrom,
                modes: news.modes)
            incidents.update(catalog)
            withdrawals.servicesChanged()
            sweep = Revertible(ReviewSweep(catalog.services.map(\.id), after: sweep.current))
            isForAll = true
        }
        if let rules = news.announcing { services.announceFlapping(from: rules.flapping) }
        if let references = news.references { sight.follow(references, now: now.wall) }
        services.readAgain(news.imported)
        if corrections.merge(news, now: now.wall) { isForAll = true }
        if let past = news.recollection {
            sight.recall(past, now: now.wall)
            incidents.recall(past, catalog, corrections.index, seen: sight.seen)
        }
        let read = services.replace(news.timelines, disrupted: news.disrupted).union(services.feedAgain(news.again))
        if !read.isEmpty { touched.set(touched.current.union(read)) }
        if exclusions.merge(news, catalog, now: now.wall) { isForAll = true }
        if let changed = news.incidents { incidents.merge(changed) }
        if isForAll {
            sweep.update { $0.begin(isThorough: true, now: now.monotonic) }
            isOutboxDue.set(true)
        }
        commit()
        return warnings
    }

    // MARK: - The end of a step

    /// The facts of the last step are durable.
    public mutating func commit() {
        services.commit()
        exclusions.commit()
        withdrawals.commit()
        incidents.commit()
        sight.commit()
        measurement.commit()
        sweep.commit()
        touched.commit()
        unrecorded.commit()
        clock.commit()
        isOutboxDue.commit()
    }

    /// Nothing came of the last step: everything is as it was before its events.
    public mutating func revert() {
        services.revert()
        exclusions.revert()
        withdrawals.revert()
        incidents.revert()
        sight.revert()
        measurement.revert()
        sweep.revert()
        touched.revert()
        unrecorded.revert()
        clock.revert()
        isOutboxDue.revert()
    }

    // MARK: - A ledger that takes nothing

    /// The ledger takes nothing, for `reason`; the last step is reverted.
    public mutating func ledgerFailed(_ reason: String, now: Now) -> [MonitorAnnouncement] {
        revert()
        var announcements: [MonitorAnnouncement] = []
        if sweep.current.isDue(now.monotonic) {
            sweep.update { $0.begin(isThorough: false, now: now.monotonic) }
            announcements.append(.deliverOutbox)
        }
        measurement.update { $0.lose(.ledger(reason)) }
        // It cannot be made durable first: that is what it says.
        if let alert = measurement.update({ $0.decide(now: now) }) {
            unrecorded.update { $0.append(alert) }
            announcements.append(.unrecorded(alert))
        }
        commit()
        return announcements
    }

    /// The ledger has lost what it had taken, by `reason`: that is announced with the next step, and once the step is
    /// kept, the ledger is as good as before.
    public mutating func ledgerHasLost(_ reason: String, at now: Instant) {
        let alert = MeasurementLoss.ledger(reason).alert(at: now)
        unrecorded.update { $0.append(alert) }
        measurement.set(MeasurementWatch(resuming: alert))
        commit()
    }

    /// The ledger takes facts again.
    public mutating func ledgerRecovered() {
        measurement.update { $0.end(.ledger) }
        commit()
    }
}
