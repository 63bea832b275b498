import Alerting
import Configuration
import Dispatch
import Foundation
import Ledger
import Logging
import Platform
import Probing
import Reporting
import SLA
import Synchronization
import UseCases

/// The daemon: wires the parts, runs until it is told to stop.
///
/// schedule → probe → sample → ledger → timeline → statement → alert → outbox → syslog: the data takes this one
/// road, and the daemon only lays it.
public actor Daemon {
    private let executor = SerialQueue(label: "availd.daemon")
    /// The daemon's own serial queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// How long what is in flight may take to finish after a SIGTERM, in ms.
    private static let drainTime: Milliseconds = 2000
    /// How long a stop may take at the most, in ms.
    private static let stopTime: Milliseconds = 4700

    private let load: @Sendable () throws -> Configuration
    private let log: Logger
    private let manager: ServiceManager
    private let ledger: Ledger
    private let outbox: OutboxDrain
    private let recorder: Recorder
    private let scheduler: ProbeScheduler
    private let reports: MonthlyReportWriter
    private let notices: NoticeDrain
    /// How many sockets transfers may have open together.
    private let descriptors: Int
    private let engine: ProbeEngine
    private var configuration: Configuration
    private let signals: SignalInbox

    /// Opens the ledger, goes on where it was, and prepares everything; nothing is probed yet.
    ///
    /// - Parameter load: reads the configuration; called again at each reload.
    /// - Throws: what `load` throws; `LedgerError`, `.locked` where another daemon holds the ledger.
    public init(
        environment: [String: String], signals: SignalInbox, log: Logger,
        load: @escaping @Sendable () throws -> Configuration
    ) throws {
        self.load = load
        self.signals = signals
        self.log = log
        configuration = try load()
        manager = ServiceManager(environment: environment)
        descriptors = OpenFiles.raiseLimit()
        ledger = try Ledger(directory: configuration.stateDirectory, access: .daemon)
        engine = try ProbeEngine(
            configuration: ProbeEngine.Configuration(
                policy: AddressPolicy(allowing: configuration.allowAddresses),
                limits: ProbeLimits(for: configuration.catalog.allChecks, descriptors: descriptors)))

        let syslog = Syslog(identifier: configuration.syslog.identifier, facility: configuration.syslog.facility)
        let announced = AnnouncedLoss(
            stateDirectory: configuration.stateDirectory, zone: configuration.catalog.agreement.calendar.zone)
        outbox = OutboxDrain(ledger: ledger, announced: announced, syslog: syslog, log: log)
        let pending = PendingObservations()
        let (manager, watchdog) = (manager, WatchdogPace(manager))
        recorder = try Recorder(
            catalog: configuration.catalog, ledger: ledger, outbox: outbox, announced: announced, pending: pending,
            log: log, now: SystemClock.now(), sign: { watchdog.sign(SystemClock.now(), manager) })
        scheduler = ProbeScheduler(engine: engine, record: pending.add)
        reports = MonthlyReportWriter(
            stateDirectory: configuration.stateDirectory, catalog: configuration.catalog, log: log)
        notices = NoticeDrain(ledger, configuration, log: log)
    }

    /// Runs, and announces that it does; returns when everything has begun.
    public func start() async throws {
        try await recorder.start(.now(.start))
        // Not waited for: a syslog that is stuck must not keep anything from being probed.
        Task { await outbox.drain(now: SystemClock.wall()) }
        await scheduler.follow(configuration.catalog)
        await reports.start()
        await notices.start()
        warnOfDescriptors()
        signals.deliver(to: { request in
            Task {
                switch request {
                case .stop: await self.stop()
                case .reload: await self.reload()
                }
            }
        })
        log.notice("\(status), ledger \(ledger.path)")
        manager.ready(status)
    }

    private var status: String {
        func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
        let catalog = configuration.catalog
        return "watching \(count(catalog.services.count, "service")) by \(count(catalog.allChecks.count, "check"))"
    }

    private func warnOfDescriptors() {
        let wanted = ProbeLimits(for: configuration.catalog.allChecks, descriptors: .max).inFlight
        guard wanted > descriptors else { return }
        log.warning(
            """
            the limit of open files allows \(descriptors) probes in flight, and \(wanted) may be where every service \
            hangs: some would then be probed late; raise LimitNOFILE=
            """)
    }

    // MARK: - SIGHUP

    private var isReloading = false
    private var isReloadWanted = false

    /// Reads the configuration again, one reading after the other where signals come fast.
    private func reload() async {
        isReloadWanted = true
        if isReloading || isStopping { return }
        isReloading = true
        while isReloadWanted, !isStopping {
            isReloadWanted = false
            await reloadOnce()
        }
        isReloading = false
    }

    /// A configuration that is not right changes nothing.
    private func reloadOnce() async {
        manager.reloading(now: SystemClock.now())
        do {
            let next = try load()
            guard next.stateDirectory == configuration.stateDirectory else {
                throw ReloadRefusal(reason: "state_directory has changed, which takes a restart")
            }
            let policy = AddressPolicy(allowing: next.allowAddresses)
            let limits = ProbeLimits(for: next.catalog.allChecks, descriptors: descriptors)
            try await recorder.follow(next.catalog, .now(.reload))
            let syslog = Syslog(identifier: next.syslog.identifier, facility: next.syslog.facility)
            Task { await outbox.use(syslog) }
            await reports.follow(next.catalog)
            // Not waited for: it may be at a mail server that hangs.
            Task { await notices.follow(next) }
            await engine.use(policy: policy, limits: limits)
            await scheduler.follow(next.catalog)
            configuration = next
            warnOfDescriptors()
            log.notice("reloaded: \(status)")
        } catch {
            log.error("not reloaded, going on as before:\n\(error)")
        }
        if !isStopping { manager.ready(status) }
    }

    // MARK: - SIGTERM

    private var isStopping = false
    private let isCommitted = Atomic(false)

    /// Finishes what is in flight or records it as unknown, commits, and ends the process with status 0.
    private func stop() async {
        if isStopping { return }
        isStopping = true
        manager.stopping()
        log.notice("stopping")
        endAnyway()
        notices.stop()
        await scheduler.stop()
        await engine.drain(within: Self.drainTime)
        await recorder.stop(.now(.stop))
        isCommitted.store(true, ordering: .relaxed)
        // Both may be long at work; what they have not done, the next start does.
        await outbox.drain(now: SystemClock.wall())
        await reports.stop()
        do {
            try ledger.close()
        } catch {
            log.error("\(error)")
        }
        log.notice("stopped")
        exit(0)
    }

    /// Ends the process when its time is up, whatever holds it: syslog that takes nothing, or another's lock.
    private func endAnyway() {
        // On another queue: the ledger may hold up this one.
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Int(Self.stopTime))) { [self] in
            log.error("stopped without waiting any longer; alerts that are left go out at the next start")
            _exit(isCommitted.load(ordering: .relaxed) ? 0 : 74)
        }
    }
}

/// Why a configuration without mistakes cannot be followed without a restart.
private struct ReloadRefusal: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
