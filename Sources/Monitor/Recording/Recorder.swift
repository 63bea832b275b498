import Configuration
import Dispatch
import Ledger
import Logging
import Platform
import SLA
import UseCases

/// Makes durable what the probes found, together with what follows from it, and only then lets it be known.
///
/// Once every ``commitInterval`` it takes what has come in, lets the core decide, commits both in one
/// transaction, and wakes the outbox. Where the commit fails, the decisions are taken back and the observations
/// wait: nothing is announced that is not kept.
actor Recorder {
    private let executor = SerialQueue(label: "availd.recorder")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// How long a sample waits for its commit at the most, in ms.
    static let commitInterval: Milliseconds = 500
    /// Who records what the configuration says.
    private static let name = "daemon"
    /// How often services without new samples are looked at, for what time alone changes, in ms.
    private static let reviewInterval: Milliseconds = 10_000

    private let ledger: Ledger
    private let outbox: OutboxDrain
    private let pending: PendingObservations
    private let log: Logger
    private let sign: @Sendable () -> Void

    /// The services as the configuration has them; those that ``watches`` follows have their paid time from the ledger.
    private var configured: Catalog
    /// The configuration, until the ledger has what is new of it.
    private var unrecorded: CatalogRecord?
    private var termsVersion: Int64
    private var watches: WatchSet
    private var importsVersion: Int64
    private var exclusions: ExclusionBook
    private var measurement: MeasurementWatch
    private var incidents: IncidentBook
    /// Alerts that were written before they could be committed.
    private var writtenAhead: [Alert]
    private var daemonEvents: [DaemonEvent] = []
    private var failure: String?
    private var lastReview: MonotonicInstant?
    private var clock = ClockWatch()
    private var month: CivilMonth?
    private var timer: (any DispatchSourceTimer)?
    private var isStopping = false

    /// A recorder that goes on where the ledger is at `now`.
    ///
    /// - Parameter sign: called after each turn, as a sign of life.
    init(
        catalog: Catalog, ledger: Ledger, outbox: OutboxDrain, announced: AnnouncedLoss,
        pending: PendingObservations, log: Logger, now: Now, sign: @escaping @Sendable () -> Void
    ) throws {
        self.ledger = ledger
        self.outbox = outbox
        self.pending = pending
        self.log = log
        self.sign = sign
        configured = catalog
        // Known from the instant at which the services are first followed so, to the millisecond.
        unrecorded = CatalogRecord(catalog, at: now.wall, by: Self.name)
        termsVersion = try ledger.read { try $0.termsVersion() }
        // Before the samples are read: what is imported meanwhile is then read once more.
        importsVersion = try ledger.read { try $0.importsVersion() }
        watches = try WatchSet(
            ledger.read { try $0.watched(catalog, now: now.wall) }, ledger: ledger, now: now.wall)
        incidents = try IncidentBook(ledger: ledger)
        exclusions = try ExclusionBook(ledger)
        let latest = try ledger.read { try $0.latestAlerts(of: [.measurementLost, .measurementRestored]) }.first
        // What was announced and is not in the ledger is kept first of all, and goes on from there.
        let note = announced.read().flatMap { note in latest.map { $0.at < note.at } ?? true ? note : nil }
        writtenAhead = note.map { [$0] } ?? []
        measurement = MeasurementWatch(resuming: note ?? latest)
    }

    /// Commits `event` at once, and then whatever comes in, until ``stop(_:)``.
    ///
    /// - Throws: `LedgerError` where the ledger cannot take the first commit for another reason than a full disk,
    ///   which is waited out as at any other time.
    func start(_ event: DaemonEvent) throws {
        do {
            _ = try ledger.commit(Batch(daemonEvents: [event], catalog: unrecorded))
            unrecorded = nil
        } catch LedgerError.full {
            daemonEvents.append(event)
        }
        let timer = executor.makeTimer { [weak self] in self?.assumeIsolated { $0.turn(SystemClock.now()) } }
        self.timer = timer
        timer.schedule(
            deadline: .now(), repeating: .milliseconds(Int(Self.commitInterval)), leeway: .milliseconds(50))
        timer.activate()
    }

    /// Follows `catalog` from now on, and records `event`.
    func follow(_ catalog: Catalog, _ event: DaemonEvent) throws {
        // What has come in belongs to the services as they were.
        let now = SystemClock.now()
        turn(now)
        try follow(catalog, knownAt: event.at, now: now.wall)
        // Committed with the first samples of the services as they are now, or before.
        unrecorded = CatalogRecord(catalog, at: event.at, by: Self.name)
        daemonEvents.append(event)
        exclusions.forget()
    }

    /// - Parameter knownAt: the instant from which the configuration counts where it is not recorded yet.
    private func follow(_ catalog: Catalog, knownAt: Instant, now: Instant) throws {
        let next = try ledger.read { try $0.watched(catalog, now: knownAt) }
        for line in next.paidTimeLost(since: watches.catalog) { log.warning("\(line)") }
        watches = try WatchSet(next, continuing: watches, ledger: ledger, now: now)
        configured = catalog
    }

    /// Commits what is left, with `event`, and ends.
    func stop(_ event: DaemonEvent) {
        timer?.cancel()
        timer = nil
        isStopping = true
        daemonEvents.append(event)
        turn(SystemClock.now())
        if let failure { log.error("the last samples are not recorded: \(failure)") }
    }

    // MARK: - A turn

    private func turn(_ now: Now) {
        noteClock(now)
        let observations = pending.take()
        do {
            let isNew = try readTerms()
            try incidents.refresh(from: ledger)
            var next = (measurement: measurement, incidents: incidents)
            let isDue = isReviewDue(now)
            let isNews = try exclusions.refresh(from: ledger, watches.catalog, at: now.wall, isReview: isDue)
            let isReview = isNews || isNew || isDue
            let batch = decide(observations, isReview: isReview, now: now.wall, &next)
            do {
                try commit(batch)
            } catch {
                watches.takeBack()
                throw error
            }
            forgetLastMonth(now.wall)
            watches.keep()
            next.incidents.committed(batch)
            (measurement, incidents) = next
            exclusions.committed(batch.alerts, at: now.wall)
            let isImported = try noteImports()
            if !watches.disordered.isEmpty { try watches.reorder(from: ledger, now: now.wall) }
            if isReview {
                lastReview = now.monotonic
                // Alerts that syslog did not take are tried again.
                wakeOutbox()
            }
            // What an import says is looked at with the next turn.
            if isImported { lastReview = nil }
            recovered()
        } catch IncidentError.changed {
            // Somebody was quicker: the next turn decides anew, on what they recorded, and whatever was new in this one.
            pending.putBack(observations)
            exclusions.forgetNews()
            if isStopping { return turn(now) }
        } catch {
            pending.putBack(observations)
            failed("\(error)", now: now)
        }
        let dropped = pending.takeDropped()
        if dropped > 0 { log.error("\(dropped) samples were dropped, since the ledger takes none: unmeasured") }
        sign()
    }

    /// What follows from `observations` at `now`: the caller keeps it once it is durable, or takes it back.
    private func decide(
        _ observations: [Observation], isReview: Bool, now: Instant,
        _ next: inout (measurement: MeasurementWatch, incidents: IncidentBook)
    ) -> Batch {
        var batch = Batch(
            observations: observations, alerts: writtenAhead, daemonEvents: daemonEvents, catalog: unrecorded)
        let touched = watches.append(observations)
        let services = isReview ? watches.services : Array(touched)
        for action in watches.decide(services, now: now, exclusions: exclusions.all) {
            switch action {
            case .transition(let transition): batch.transitions.append(transition)
            case .alert(let alert): batch.alerts.append(alert)
            }
        }
        batch.alerts += exclusions.alerts(under: watches.catalog.agreement, at: now)
        // What a stop has ended says nothing about sight.
        if !isStopping { observe(observations, checks: watches.checkCount, &next.measurement) }
        if let alert = next.measurement.decide(now: now, zone: watches.catalog.agreement.calendar.zone) {
            batch.alerts.append(alert)
        }
        next.incidents.decide(for: &batch, catalog: watches.catalog, exclusions: exclusions.all, now: now)
        return batch
    }

    private func commit(_ batch: Batch) throws {
        if batch.isEmpty { return }
        let result = try ledger.commit(batch)
        for conflict in result.conflicts {
            log.error(
                """
                \(conflict.check) at \(conflict.at.milliseconds): \(conflict.refused.name) is not recorded, \
                the ledger has \(conflict.kept.name)
                """)
        }
        writtenAhead = []
        daemonEvents = []
        unrecorded = nil
        if !batch.alerts.isEmpty { wakeOutbox() }
    }

    private nonisolated func wakeOutbox() {
        Task { await outbox.drain(now: SystemClock.wall()) }
    }

    private func isReviewDue(_ now: Now) -> Bool {
        lastReview.map { now.monotonic - $0 >= Self.reviewInterval } ?? true
    }

    // MARK: - What else changes

    /// Has the checks read again that an import has given samples; whether there are any.
    private func noteImports() throws -> Bool {
        let (version, checks) = try ledger.read { snapshot in
            let version = try snapshot.importsVersion()
            return (version, version == importsVersion ? [] : try snapshot.importedChecks(since: importsVersion))
        }
        importsVersion = version
        watches.readAgain(checks)
        return !checks.isEmpty
    }

    /// Follows the services anew where somebody imported, withdrew or reinstated paid time; whether that was so.
    private func readTerms() throws -> Bool {
        let version = try ledger.read { try $0.termsVersion() }
        guard version != termsVersion else { return false }
        // What was just recorded may be later than the beginning of this turn.
        let now = SystemClock.wall()
        try follow(configured, knownAt: now, now: now)
        // What maintenance claims was found among the services as they were.
        exclusions.forget()
        termsVersion = version
        return true
    }

    private func observe(_ observations: [Observation], checks: Int, _ measurement: inout MeasurementWatch) {
        for observation in observations.sorted(by: { $0.sample.at < $1.sample.at }) {
            measurement.observe(observation.sample.state, checks: checks)
        }
    }

    private func forgetLastMonth(_ now: Instant) {
        let current = watches.catalog.agreement.calendar.month(containing: now)
        if let month, month != current { watches.forget(before: now) }
        month = current
    }

    /// Records a step of the wall clock.
    private func noteClock(_ now: Now) {
        guard let step = clock.look(now) else { return }
        log.warning("\(step)")
        daemonEvents.append(DaemonEvent.now(.clockStep, text: step))
    }

    // MARK: - A ledger that takes nothing

    private func failed(_ reason: String, now: Now) {
        if isReviewDue(now) {
            lastReview = now.monotonic
            wakeOutbox()
        }
        if failure != reason { log.error("nothing is recorded: \(reason)") }
        failure = reason
        measurement.set(.ledger, reason)
        guard let alert = measurement.decide(now: now.wall, zone: watches.catalog.agreement.calendar.zone) else {
            return
        }
        // It cannot be made durable first: that is what it says.
        writtenAhead.append(alert)
        Task { await outbox.writeAhead(alert) }
    }

    private func recovered() {
        guard failure != nil else { return }
        failure = nil
        log.notice("recording again")
        measurement.set(.ledger, nil)
    }
}
