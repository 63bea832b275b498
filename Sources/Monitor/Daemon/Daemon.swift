import Configuration
import Logging
import Platform
import Probing
import SLA

/// The daemon: lays the road, runs until it is told to stop.
///
/// schedule → probe → sample → ledger → timeline → statement → alert → outbox → syslog: the data takes this one
/// road.
public actor Daemon {
    private let executor = SerialQueue(label: "availd.daemon")
    /// The daemon's own serial queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// How long what is in flight may take to finish after a SIGTERM, in ms.
    private static let drainTime: Milliseconds = 2000
    /// How long a stop may take at the most, in ms, where nothing else is said.
    private static let stopTime: Milliseconds = 4700

    private let load: @Sendable () throws -> Configuration
    private let log: Logger
    private let manager: ServiceManager
    private let parts: DaemonParts
    /// How many sockets transfers may have open together.
    private let descriptors: Int
    private var configuration: Configuration
    private let signals: SignalInbox
    private let stopTime: Milliseconds

    /// Opens the ledger, goes on where it was, and prepares everything; nothing is probed yet.
    ///
    /// - Parameter load: reads the configuration; called again at each reload.
    /// - Throws: what `load` throws; `LedgerError`, `.locked` where another daemon holds the ledger.
    public init(
        environment: [String: String], signals: SignalInbox, log: Logger,
        load: @escaping @Sendable () throws -> Configuration
    ) throws {
        try self.init(environment: environment, signals: signals, log: log, stopTime: Self.stopTime, load: load)
    }

    /// One that may take `stopTime` ms to stop.
    init(
        environment: [String: String], signals: SignalInbox, log: Logger, stopTime: Milliseconds,
        load: @escaping @Sendable () throws -> Configuration
    ) throws {
        self.stopTime = stopTime
        self.load = load
        self.signals = signals
        self.log = log
        configuration = try load()
        let manager = ServiceManager(environment: environment)
        self.manager = manager
        descriptors = OpenFiles.raiseLimit()
        let watchdog = Watchdog(every: manager.watchdogInterval) { manager.alive() }
        parts = try DaemonParts(configuration, descriptors: descriptors, watchdog: watchdog, log: log)
    }

    /// Runs until a signal asks for the end.
    ///
    /// - Returns: how it ended, within 5 s of the signal.
    /// - Throws: `LedgerError` where it cannot begin; it has then ended everything that it began.
    public nonisolated func run() async throws -> DaemonOutcome {
        let (requests, inbox) = AsyncStream.makeStream(of: SignalInbox.Request.self)
        do {
            try await start()
        } catch {
            await parts.abandon()
            throw error
        }
        signals.deliver(to: { inbox.yield($0) })
        await announce()
        for await request in requests {
            switch request {
            // Not waited for: a stop may come meanwhile.
            case .reload: Task { await self.reload() }
            case .stop: return await stop()
            }
        }
        return await stop()
    }

    private func start() async throws {
        try await parts.start(configuration.catalog)
        warnOfDescriptors()
    }

    private func announce() {
        log.notice("\(status), ledger \(parts.ledger.path)")
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
            try await parts.follow(next, descriptors: descriptors)
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

    /// Finishes what is in flight or records it as unknown, and commits; or returns when its time is up, whatever
    /// holds it.
    private nonisolated func stop() async -> DaemonOutcome {
        let race = StopRace()
        return await race.outcome(
            within: stopTime,
            late: { [log] in
                log.error("stopped without waiting any longer; alerts that are left go out at the next start")
            },
            of: { await self.finish(race) })
    }

    private func finish(_ race: StopRace) async -> DaemonOutcome {
        isStopping = true
        manager.stopping()
        log.notice("stopping")
        parts.noticeStop.order()
        await parts.scheduler.stop()
        await parts.engine.drain(within: Self.drainTime)
        await parts.recorder.stop()
        let isRecorded = await parts.recorder.perform { $0.stop(.now(.stop)) }
        if isRecorded { race.noteRecorded() }
        // Both may be long at work; what they have not done, the next start does.
        await parts.outbox.perform { $0.deliver() }
        await parts.reports.stop()
        do {
            try parts.ledger.close()
        } catch {
            log.error("\(error)")
        }
        log.notice("stopped")
        return isRecorded ? .finished : .samplesLost
    }
}

/// Why a configuration without mistakes cannot be followed without a restart.
private struct ReloadRefusal: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
