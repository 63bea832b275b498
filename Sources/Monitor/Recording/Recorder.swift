import Ledger
import Logging
import SLA

/// Makes durable what the probes found, together with what follows from it, and only then lets it be known.
///
/// Each turn takes what has come in and what is new in the ledger, lets the core decide, commits what is found in one
/// transaction, and announces. Where the commit fails, the step is reverted and the observations wait: nothing is
/// announced that is not kept, but that nothing can be kept.
package struct Recorder {
    /// How often a turn is taken, in ms: how long a sample waits for its commit at the most.
    package static let interval: Milliseconds = 500
    /// Who records what the configuration says.
    private static let name = "daemon"

    /// Where alerts go.
    package struct Announcing: Sendable {
        /// There are alerts in the outbox.
        var deliver: @Sendable () -> Void
        /// Writes an alert that is in no outbox.
        var announce: @Sendable (Alert) -> Void

        /// - Parameters:
        ///   - deliver: there are alerts in the outbox.
        ///   - announce: writes an alert that is in no outbox.
        package init(deliver: @escaping @Sendable () -> Void, announce: @escaping @Sendable (Alert) -> Void) {
            self.deliver = deliver
            self.announce = announce
        }
    }

    private let ledger: any MonitorLedger
    private let pending: PendingObservations
    private let announcing: Announcing
    private let log: Logger
    private let clock: @Sendable () -> Now
    private let progress: @Sendable (Now) -> Void

    private var state: MonitorState
    private var news: NewsReader
    /// What the configuration says and what happened to the daemon, until the ledger has it.
    private var unrecordedCatalog: CatalogRecord?
    private var unrecordedEvents: [DaemonEvent] = []
    private var failure: FailureLog

    /// A recorder that goes on where the ledger is.
    ///
    /// - Parameters:
    ///   - announced: the loss of sight that was announced and may not have been kept.
    ///   - progress: called after each turn, and now and then in a long one.
    /// - Throws: `LedgerError`.
    package init(
        catalog: Catalog, ledger: any MonitorLedger, announced: Alert?, pending: PendingObservations,
        announcing: Announcing, log: Logger, clock: @escaping @Sendable () -> Now,
        progress: @escaping @Sendable (Now) -> Void
    ) throws {
        self.ledger = ledger
        self.pending = pending
        self.announcing = announcing
        self.log = log
        self.clock = clock
        self.progress = progress
        failure = FailureLog(log, "nothing is recorded", end: "recording again")
        let start = clock()
        let period = catalog.agreement.calendar.interval(ofMonthContaining: start.wall)
        state = MonitorState(
            catalog.agreement, try ledger.read { try $0.monitorHistory(period) }, announced: announced)
        news = NewsReader(catalog, clock: clock, progress: progress)
        // Known from the instant at which the services are first followed so, to the millisecond.
        unrecordedCatalog = CatalogRecord(catalog, at: start.wall, by: Self.name)
        try follow(catalog, knownAt: start.wall)
    }

    /// Commits `event`, and what the configuration says, at once.
    ///
    /// - Throws: `LedgerError` where the ledger cannot take them for another reason than a full disk, which is waited
    ///   out as at any other time.
    package mutating func start(_ event: DaemonEvent) throws {
        unrecordedEvents.append(event)
        do {
            try commit(MonitorFacts())
        } catch LedgerError.full {}
    }

    /// Follows `catalog` from now on, and records `event`.
    ///
    /// - Throws: `LedgerError`; it then goes on as before.
    package mutating func follow(_ catalog: Catalog, _ event: DaemonEvent) throws {
        // What has come in belongs to the services as they were.
        takeWhatIsPending()
        try follow(catalog, knownAt: event.at)
        // Committed with the first samples of the services as they are now, or before.
        unrecordedCatalog = CatalogRecord(catalog, at: event.at, by: Self.name)
        unrecordedEvents.append(event)
    }

    private mutating func follow(_ catalog: Catalog, knownAt: Instant) throws {
        let (news, now) = try news.read(ledger, for: state, following: catalog, knownAt: knownAt)
        for warning in state.merge(news, now: now) { log.warning("\(warning)") }
    }

    /// Commits what is left, with `event`.
    ///
    /// - Returns: whether everything is recorded.
    mutating func stop(_ event: DaemonEvent) -> Bool {
        unrecordedEvents.append(event)
        takeWhatIsPending()
        guard let reason = failure.reason else { return true }
        log.error("the last samples are not recorded: \(reason)")
        return false
    }

    // MARK: - A turn

    /// Takes a turn.
    ///
    /// - Returns: whether there is more to do than it could.
    package mutating func turn() -> Bool {
        let observations = pending.take(atMost: MonitorState.mostObservations)
        let isMore = record(observations)
        let dropped = pending.takeDropped()
        if dropped > 0 { log.error("\(dropped) samples were dropped, since the ledger takes none: unmeasured") }
        progress(clock())
        return isMore
    }

    /// Turns until nothing is pending, or the ledger takes nothing.
    private mutating func takeWhatIsPending() {
        repeat { _ = turn() } while failure.reason == nil && (!pending.isEmpty || !unrecordedEvents.isEmpty)
    }

    private mutating func record(_ observations: [Observation]) -> Bool {
        var now: Now?
        do {
            let (news, read) = try news.read(ledger, for: state)
            now = read
            let step = state.step(MonitorEvents(observations), news, now: read)
            if let text = step.facts.clockStep { unrecordedEvents.append(.now(.clockStep, at: read.wall, text: text)) }
            for warning in step.warnings { log.warning("\(warning)") }
            try commit(step.facts)
            state.commit()
            perform(step.announcements)
            recovered()
            return step.isCutShort || !pending.isEmpty
        } catch IncidentError.changed {
            // Somebody was quicker: the next turn decides anew, on what they recorded.
            state.revert()
            pending.putBack(observations)
            return true
        } catch {
            pending.putBack(observations)
            failure.note("\(error)")
            perform(state.ledgerFailed("\(error)", now: now ?? clock()))
            return false
        }
    }

    private mutating func commit(_ facts: MonitorFacts) throws {
        let found = facts.all
        if found.isEmpty, unrecordedEvents.isEmpty, unrecordedCatalog == nil { return }
        let recorded = try ledger.record { snapshot in
            if let version = facts.incidentsVersion, try snapshot.incidentsVersion() != version {
                throw IncidentError.changed
            }
            let catalog = try unrecordedCatalog.map { try snapshot.latestRecords().facts(of: $0) } ?? []
            return found + unrecordedEvents.map(Fact.daemonEvent) + catalog
        }
        for conflict in recorded.samples.conflicts {
            log.error(
                """
                \(conflict.check) at \(conflict.at.milliseconds): \(conflict.refused.name) is not recorded, \
                the ledger has \(conflict.kept.name)
                """)
        }
        unrecordedEvents = []
        unrecordedCatalog = nil
    }

    private func perform(_ announcements: [MonitorAnnouncement]) {
        for announcement in announcements {
            switch announcement {
            case .deliverOutbox: announcing.deliver()
            case .unrecorded(let alert): announcing.announce(alert)
            }
        }
    }

    private mutating func recovered() {
        guard failure.reason != nil else { return }
        failure.note(nil)
        state.ledgerRecovered()
    }
}
