import Alerting
import Configuration
import Ledger
import Logging
import Platform
import Probing
import SLA

/// The parts of a daemon, each on a queue of its own, wired to each other.
struct DaemonParts: Sendable {
    let ledger: Ledger
    let engine: ProbeEngine
    let scheduler: ProbeScheduler
    let recorder: Worker<Recorder>
    let outbox: Worker<OutboxDelivery>
    let reports: Worker<MonthlyReportWriter>
    let notices: Worker<NoticeDispatch>
    let noticeStop = NoticeDispatch.Stop()

    /// Opens the ledger, and prepares everything by `configuration`; nothing is begun.
    ///
    /// - Throws: `LedgerError`, `.locked` where another daemon holds the ledger, `ProbeEngineError`, and what is wrong
    ///   with the addresses. The ledger is then closed again.
    init(_ configuration: Configuration, descriptors: Int, watchdog: Watchdog, log: Logger) throws {
        ledger = try Ledger(directory: configuration.stateDirectory, access: .daemon)
        do {
            engine = try ProbeEngine(
                configuration: ProbeEngine.Configuration(
                    policy: AddressPolicy(allowing: configuration.allowAddresses),
                    limits: ProbeLimits(for: configuration.catalog.allChecks, descriptors: descriptors)))
            let clock: @Sendable () -> Now = { SystemClock.now() }
            let pending = PendingObservations()
            scheduler = ProbeScheduler(
                Prober(engine), clock: clock, record: pending.add, progress: { watchdog.probed(until: $0) })

            let lossNote = MeasurementLossNote(stateDirectory: configuration.stateDirectory)
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
                    catalog: configuration.catalog, ledger: ledger, announced: lossNote.read(), pending: pending,
                    announcing: announcing, log: log, clock: clock, progress: { watchdog.recorded($0) }))
            let stateDirectory = configuration.stateDirectory
            reports = Worker(
                "availd.reports",
                MonthlyReportWriter(
                    stateDirectory: stateDirectory, catalog: configuration.catalog, log: log, clock: clock,
                    open: { try Ledger(directory: stateDirectory, access: .reader) }))
            notices = Worker(
                "availd.notices",
                NoticeDispatch(
                    NoticeDispatch.Actions(ledger, configuration, clock: clock), stop: noticeStop, log: log,
                    clock: clock))
        } catch {
            try? ledger.close()
            throw error
        }
    }

    /// Begins everything.
    ///
    /// - Throws: `LedgerError` where the ledger cannot take that it has begun.
    func start(_ catalog: Catalog) async throws {
        try await recorder.perform { try $0.start(.now(.start)) }
        await recorder.start(every: Recorder.interval, leeway: 50) { $0.turn() }
        // Not waited for: a syslog that is stuck must not keep anything from being probed.
        Task { await outbox.perform { $0.deliver() } }
        await scheduler.follow(catalog)
        await scheduler.start()
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
        noticeStop.order()
        await scheduler.stop()
        await recorder.stop()
        await reports.stop()
        await engine.cancelAll()
        try? ledger.close()
    }

    /// Works by `configuration` from now on.
    ///
    /// - Throws: `LedgerError`, and what is wrong with the addresses; everything then goes on as before.
    func follow(_ configuration: Configuration, descriptors: Int) async throws {
        let catalog = configuration.catalog
        let policy = AddressPolicy(allowing: configuration.allowAddresses)
        let limits = ProbeLimits(for: catalog.allChecks, descriptors: descriptors)
        let event = DaemonEvent.now(.reload)
        try await recorder.perform { try $0.follow(catalog, event) }
        let syslog = Syslog(configuration)
        Task { await outbox.perform { $0.use(syslog) } }
        await reports.perform { $0.follow(catalog) }
        // Not waited for: it may be at a mail server that hangs.
        Task { [ledger, notices] in
            await notices.perform {
                $0.follow(NoticeDispatch.Actions(ledger, configuration, clock: { SystemClock.now() }))
            }
        }
        await engine.use(policy: policy, limits: limits)
        await scheduler.follow(catalog)
    }
}

extension Syslog {
    /// Writes as `configuration` says.
    fileprivate init(_ configuration: Configuration) {
        self.init(
            identifier: configuration.syslog.identifier, facility: configuration.syslog.facility,
            zone: configuration.catalog.agreement.calendar.zone)
    }
}
