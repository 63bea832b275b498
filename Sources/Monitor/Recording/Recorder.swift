import Ledger
import Logging
import Platform
import SLA
import UseCases
import Wording

/// Makes durable what the probes found, together with what follows from it, and only then lets it be known.
///
/// Each turn takes what has come in and what is new in the ledger, lets the core decide, commits what is found in one
/// transaction, and announces. Where the commit fails, the step is reverted and the observations wait: nothing is
/// announced that is not kept, but that nothing can be kept. What memory is not to hold waits in a file, and is taken from
/// there first, as it is older.
package struct Recorder {
    /// How often a turn is taken, in ms: how long a sample waits for its commit at the most.
    package static let interval: Milliseconds = 500
    /// Who records what the configuration says.
    private static let name = "daemon"

    private let ledger: any MonitorLedger
    private let pending: PendingObservations
    private let spill: SpillFiles
    private let announcing: Announcing
    private let log: Logger
    private let clock: PassClock
    private let progress: @Sendable (Now) -> Void
    private var isStopping = false

    private var state: MonitorState
    private var news: NewsReader
    /// What the configuration says and what happened to the daemon, until the ledger has it.
    private var unrecordedCatalog: CatalogRecord?
    private var unrecordedFacts: [Fact] = []
    private var damage = UnrecordedDamage()
    private var failure: FailureLog
    /// Why a loss of the ledger's would not show, as it was said last.
    private var markProblem: String?

    /// A recorder that goes on where the ledger is.
    ///
    /// - Parameters:
    ///   - announced: the loss of sight that was announced and may not have been kept.
    ///   - spill: where samples wait that no commit takes.
    ///   - isStopping: whether nothing long is to be read any more.
    ///   - progress: called after each turn, and now and then in a long one.
    /// - Throws: `LedgerError`.
    package init(
        catalog: Catalog, references: [Reference] = [], saying rules: AnnouncingRules = AnnouncingRules(),
        ledger: any MonitorLedger, announced: Alert?, pending: PendingObservations, spill: SpillFiles,
        announcing: Announcing, log: Logger, clock: PassClock,
        isStopping: @escaping @Sendable () -> Bool, progress: @escaping @Sendable (Now) -> Void
    ) throws {
        self.ledger = ledger
        self.pending = pending
        self.spill = spill
        self.announcing = announcing
        self.log = log
        self.clock = clock
        self.progress = progress
        failure = FailureLog(log, "nothing is recorded", end: "recording again")
        let start = clock.now()
        let period = catalog.agreement.calendar.interval(ofMonthContaining: start.wall)
        state = MonitorState(
            catalog.agreement, try ledger.read { try $0.monitorHistory(period) }, announced: announced)
        news = NewsReader(catalog, clock: { clock.now() }, isStopping: isStopping, progress: progress)
        // Known from the instant at which the services are first followed so, to the millisecond.
        unrecordedCatalog = CatalogRecord(catalog, at: start.recordedAt, by: Self.name)
        let past = try ledger.read { try $0.recollection(of: references, catalog, at: start) }
        try follow(catalog, references, rules, recalling: past, knownAt: start.recordedAt)
    }

    /// Commits `event`, what the ledger has lost, and what the configuration says, at once.
    ///
    /// - Throws: `LedgerError` where the ledger cannot take them for another reason than a disk that is full or read-only,
    ///   which is waited out as at any other time.
    package mutating func start(_ event: DaemonEvent) throws {
        unrecordedFacts.append(.daemonEvent(event))
        if let loss = ledger.loss {
            log.error("the ledger has lost what it had: \(loss)")
            unrecordedFacts += loss.facts(by: event, longest: state.catalog.allChecks.map(\.timeout).max() ?? 0)
            state.ledgerHasLost("\(loss)", at: event.at)
        }
        noteMark()
        if let problem = spill.problem { log.warning("\(problem)") }
        takeDamage(event)
        let now = clock.now()
        // What is lost is said in the commit that brings the ledger beyond its mark again.
        let step = ledger.loss.map { _ in state.step(MonitorEvents(), now: now) }
        do {
            try commit(step?.facts ?? MonitorFacts(), at: now)
            state.commit()
            perform(step?.announcements ?? [])
        } catch let error as LedgerError where error.isWaitedFor {
            state.revert()
        }
    }

    /// Says that a loss would not show, once for each reason.
    private mutating func noteMark() {
        let problem = ledger.markProblem
        if problem != markProblem, let problem { log.warning("the ledger: \(problem)") }
        markProblem = problem
    }

    /// Says what is damaged of the samples that wait, and has it recorded as soon as the ledger can be read.
    private mutating func takeDamage(_ event: DaemonEvent) {
        damage.add(spill.takeDamages(), event, before: pending, log)
        unrecordedFacts += damage.takeFacts(ledger)
    }

    /// Follows `catalog` from now on, sees by `references`, says what `rules` ask for, and records `event`.
    ///
    /// - Throws: `LedgerError`; it then goes on as before.
    package mutating func follow(
        _ catalog: Catalog, _ event: DaemonEvent, seeingBy references: [Reference] = [],
        saying rules: AnnouncingRules = AnnouncingRules()
    ) throws {
        // What has come in belongs to the services as they were.
        takeWhatIsPending()
        try follow(catalog, references, rules, knownAt: event.at)
        // Committed with the first samples of the services as they are now, or before.
        unrecordedCatalog = CatalogRecord(catalog, at: event.at, by: Self.name)
        unrecordedFacts.append(.daemonEvent(event))
    }

    private mutating func follow(
        _ catalog: Catalog, _ references: [Reference], _ rules: AnnouncingRules,
        recalling past: SightRecollection? = nil, knownAt: Instant
    ) throws {
        var (news, now) = try self.news.read(ledger, for: state, following: catalog, knownAt: knownAt)
        (news.references, news.announcing, news.recollection) = (references, rules, past)
        for warning in state.merge(news, now: now) { log.warning("\(warning.english)") }
    }

    /// Commits what is left, with `event`; what cannot be, is kept beside the ledger for the next start.
    ///
    /// - Returns: whether everything is recorded.
    mutating func stop(_ event: DaemonEvent) -> Bool {
        isStopping = true
        unrecordedFacts.append(.daemonEvent(event))
        takeWhatIsPending()
        guard let reason = failure.reason else { return true }
        let left = pending.unkept.count
        keepBeside(all: true)
        let lost = pending.unkept.count
        log.error("the last samples are not recorded: \(reason)")
        if left > lost { log.notice("\(left - lost) samples are kept in \(spill.filled), for the next start") }
        if lost > 0 { log.error("\(lost) samples could not be kept there, and are lost: unmeasured") }
        return false
    }

    // MARK: - A turn

    /// Takes a turn.
    ///
    /// - Returns: whether there is more to do than it could.
    package mutating func turn() -> Bool {
        let isMore: Bool
        // At a stop, what waits in the file waits for the next start.
        let frame = isStopping ? nil : spill.oldest()
        takeDamage(.now(.spillDamaged, by: clock))
        if let frame {
            isMore = record(frame.observations, of: frame)
        } else {
            isMore = record(pending.take(atMost: MonitorState.mostObservations))
        }
        if failure.reason != nil { keepBeside(all: false) }
        let dropped = pending.takeDropped()
        if dropped > 0 { log.error("\(dropped) samples were dropped, since the ledger takes none: unmeasured") }
        progress(clock.now())
        return isMore
    }

    /// Turns until nothing is pending, or the ledger takes nothing.
    private mutating func takeWhatIsPending() {
        repeat { _ = turn() } while failure.reason == nil && (!pending.isEmpty || !unrecordedFacts.isEmpty)
    }

    /// Moves what memory is not to hold into the file beside the ledger; or all.
    private func keepBeside(all: Bool) {
        while true {
            let count = all ? pending.unkept.count : pending.surplus
            guard count >= (all ? 1 : SpillFile.frameLength) else { return }
            let taken = pending.take(atMost: SpillFile.frameLength)
            let kept = spill.add(taken)
            pending.putBack(butFirst: kept)
            if kept < taken.count { return }
        }
    }

    /// Records `observations`, which are those of `frame` or else were taken out of memory.
    private mutating func record(_ observations: [Observation], of frame: SpillFrame? = nil) -> Bool {
        var now: Now?
        do {
            if let frame, try isRecorded(frame) {
                spill.take(frame)
                return true
            }
            let (news, read) = try news.read(ledger, for: state)
            now = read
            let step = state.step(MonitorEvents(observations.map(numbered)), news, now: read)
            if let length = step.facts.clockStep {
                let text = MonitorWarning.clockStepped(length).english
                unrecordedFacts.append(.daemonEvent(.now(.clockStep, at: read.recordedAt, text: text)))
            }
            if let trust = step.facts.clockTrust {
                let kind: DaemonEvent.Kind = trust.isDoubted ? .clockDoubted : .clockBelieved
                let text = MonitorWarning.clockTrust(trust).english
                unrecordedFacts.append(.daemonEvent(.now(kind, at: trust.at, text: text)))
            }
            for warning in step.warnings { log.warning("\(warning.english)") }
            try commit(step.facts, of: frame, at: read)
            state.commit()
            if let frame { spill.take(frame) } else { pending.settle() }
            perform(step.announcements)
            recovered()
            return step.isCutShort || !pending.isEmpty || !spill.isEmpty
        } catch IncidentError.changed {
            // Somebody was quicker: the next turn decides anew, on what they recorded.
            state.revert()
            if frame == nil { pending.putBack() }
            return true
        } catch {
            if frame == nil { pending.putBack() }
            failure.note("\(error)")
            perform(state.ledgerFailed("\(error)", now: now ?? clock.now()))
            return false
        }
    }

    /// `observation` in the pass that its clock's is in the ledger: it may have been made before there was one.
    private func numbered(_ observation: Observation) -> Observation {
        var numbered = observation
        let sample = observation.sample
        numbered.sample = Sample(
            at: sample.at, state: sample.state, pass: clock.number(sample.pass), family: sample.family)
        return numbered
    }

    /// Whether a kill came between the commit of `frame` and its removal.
    private func isRecorded(_ frame: SpillFrame) throws -> Bool {
        try ledger.read { try $0.daemonEvents(of: .spillRead).contains { $0.text == frame.id } }
    }

    /// Makes `facts` durable, found at `now`, with what waits to be recorded.
    private mutating func commit(_ facts: MonitorFacts, of frame: SpillFrame? = nil, at now: Now) throws {
        let found = facts.all
        if found.isEmpty, facts.sight.isEmpty, unrecordedFacts.isEmpty, unrecordedCatalog == nil { return }
        var changes: [CatalogChange] = []
        let recorded = try ledger.record { snapshot in
            if let version = facts.incidentsVersion, try snapshot.incidentsVersion() != version {
                throw IncidentError.changed
            }
            let catalog = try unrecordedCatalog.map { record in
                let latest = try snapshot.latestRecords()
                // Of a ledger that knows nothing, everything would be new.
                if !latest.isEmpty {
                    changes = try latest.changes(by: record.catalog, isDown: snapshot.isLastSeenDown)
                }
                return latest.facts(of: record)
            }
            let zone = state.catalog.agreement.calendar.zone
            let sight = try snapshot.facts(of: facts.sight, in: zone, now: now.recordedAt)
            // In one transaction with its samples: they are recorded once, whenever a kill comes.
            let read = frame.map { [Fact.daemonEvent(.now(.spillRead, at: now.recordedAt, text: $0.id))] } ?? []
            return found + sight + unrecordedFacts + read + (catalog ?? [])
        }
        for conflict in recorded.samples.conflicts {
            log.error(
                """
                \(conflict.check) at \(conflict.at.milliseconds): \(conflict.refused.name) is not recorded, \
                the ledger has \(conflict.kept.name)
                """)
        }
        ChangeLog(log: log, zone: state.catalog.agreement.calendar.zone).write(changes)
        unrecordedFacts = []
        unrecordedCatalog = nil
        noteMark()
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
