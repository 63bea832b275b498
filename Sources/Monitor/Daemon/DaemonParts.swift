import Alerting
import Configuration
import Ledger
import Logging
import Platform
import SLA

/// The parts of a daemon that need a ledger, each on a queue of its own, wired to each other and to what sees.
struct DaemonParts: Sendable {
    let ledger: Ledger
    let passes: PassClock
    let spill: SpillFiles
    let recorder: Worker<Recorder>
    let outbox: Worker<OutboxDelivery>
    let reports: Worker<MonthlyReportWriter>
    let notices: Worker<NoticeDispatch>

    /// What they are made of.
    struct Making: Sendable {
        let probing: ProbingParts
        let watchdog: Watchdog
        let log: Logger
        /// Whether a ledger is made also where there was one.
        let beginsAnew: Bool
        /// Whether nothing long is to be read any more.
        let stop: StopOrder
        /// Where is kept what the ledger's disk does not take; nil where nowhere.
        let runtimeDirectory: String?

        /// Where is kept what no commit took.
        func places(_ configuration: Configuration) -> KeepingPlaces {
            KeepingPlaces(stateDirectory: configuration.stateDirectory, runtimeDirectory: runtimeDirectory)
        }
    }

    /// Opens the ledger, and prepares everything by `configuration`; nothing is begun.
    ///
    /// - Parameter announced: a loss of sight that was announced while there was no ledger.
    /// - Throws: `LedgerError`, `.locked` where another daemon holds the ledger. The ledger is then closed again.
    init(_ configuration: Configuration, _ making: Making, announced: Alert? = nil) throws {
        let (log, watchdog, stop) = (making.log, making.watchdog, making.stop)
        let stateDirectory = configuration.stateDirectory
        ledger = try Ledger(directory: stateDirectory, access: .daemon, beginsAnew: making.beginsAnew)
        if ledger.isNew { log.notice("there was no ledger: a new one is made, \(ledger.path)") }
        do {
            passes = making.probing.passes
            try passes.goOn(with: ledger)
            let clock: @Sendable () -> Now = { [passes] in passes.now() }
            let places = making.places(configuration)
            spill = SpillFiles(places)
            let lossNote = MeasurementLossNote(places)
            if let announced { lossNote.note(announced, isAnnounced: true) }
            let outbox = Worker(
                "availd.outbox",
                OutboxDelivery(
                    ledger: ledger, lossNote: lossNote, sink: Syslog(configuration), log: log, clock: clock))
            self.outbox = outbox
            // Not waited for: a syslog that is stuck must hold up nothing.
            let announcing = Recorder.Announcing(
                deliver: { Task { await outbox.perform { $0.deliver() } } },
                announce: { alert in Task { await outbox.perform { $0.announce(alert) } } })
            recorder = Worker(
                "availd.recorder",
                try Recorder(
                    catalog: configuration.catalog, references: configuration.references,
                    saying: configuration.announcing, ledger: ledger, announced: lossNote.read()?.alert,
                    pending: making.probing.pending, spill: spill,
                    announcing: announcing, log: log, clock: passes, isStopping: { stop.isOrdered },
                    progress: { watchdog.recorded($0) }))
            reports = Worker(
                "availd.reports",
                MonthlyReportWriter(
                    stateDirectory: stateDirectory, catalog: configuration.catalog, log: log, clock: clock,
                    open: { try Ledger(directory: stateDirectory, access: .reader) }))
            notices = Worker(
                "availd.notices",
                NoticeDispatch(
                    NoticeDispatch.Actions(ledger, configuration, clock: clock), stop: stop, log: log, clock: clock))
        } catch {
            try? ledger.close()
            throw error
        }
    }

    /// Begins everything.
    ///
    /// - Throws: `LedgerError` where the ledger cannot take that it has begun.
    func start() async throws {
        try await recorder.perform { try $0.start(.now(.start, by: passes)) }
        await recorder.start(every: Recorder.interval, leeway: 50) { $0.turn() }
        // Not waited for: a syslog that is stuck must not keep anything from being probed.
        Task {
            await outbox.perform { $0.deliver() }
            await outbox.start(every: OutboxDelivery.interval, leeway: 250) {
                $0.turn()
                return false
            }
        }
        await reports.start(every: MonthlyReportWriter.interval, leeway: 1000) {
            $0.turn()
            return false
        }
        await notices.start(every: NoticeDispatch.interval, leeway: 500) {
            $0.turn()
            return false
        }
    }

    /// Ends what has begun, and gives up the ledger.
    func abandon() async {
        await recorder.stop()
        await reports.stop()
        // Not waited for: it may be at a syslog that is stuck.
        Task { [outbox] in await outbox.stop() }
        try? ledger.close()
    }

    /// Works by `configuration` from now on.
    ///
    /// - Throws: `LedgerError`, and that it is to stop; everything then goes on as before.
    func follow(_ configuration: Configuration) async throws {
        let catalog = configuration.catalog
        let event = DaemonEvent.now(.reload, by: passes)
        try await recorder.perform {
            try $0.follow(
                catalog, event, seeingBy: configuration.references, saying: configuration.announcing)
        }
        let syslog = Syslog(configuration)
        Task { await outbox.perform { $0.use(syslog) } }
        await reports.perform { $0.follow(catalog) }
        // Not waited for: it may be at a mail server that hangs.
        Task { [ledger, passes, notices] in
            await notices.perform {
                $0.follow(NoticeDispatch.Actions(ledger, configuration, clock: { passes.now() }))
            }
        }
    }
}

extension Configuration {
    /// Everything that is probed: the checks of all services, and the references.
    var allProbed: [Check] { catalog.allChecks + references.map(\.check) }
}

extension Syslog {
    /// Writes as `configuration` says.
    init(_ configuration: Configuration) {
        self.init(
            identifier: configuration.syslog.identifier, facility: configuration.syslog.facility,
            zone: configuration.catalog.agreement.calendar.zone)
    }
}
