import Alerting
import Configuration
import Dispatch
import Ledger
import Logging
import Platform
import Probing
import SLA
import Synchronization

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
    private static let stopTime: Milliseconds = 4600
    /// How long it may then take to keep what no commit took, in ms.
    private static let keepingTime: Milliseconds = 250

    private let load: @Sendable () throws -> Configuration
    private let log: Logger
    private let manager: ServiceManager
    private let making: DaemonParts.Making
    /// Nil while the disk takes no ledger.
    private var parts: DaemonParts?
    private var wait: DiskWait?
    /// How many sockets transfers may have open together.
    private let descriptors: Int
    private var configuration: Configuration
    private let signals: SignalInbox
    private let stopTime: Milliseconds
    private let stopOrder = StopOrder()
    /// Where a stop that is held up keeps what no commit took, without waiting for the daemon's queue.
    private let spill = Mutex<SpillFiles?>(nil)

    /// Opens the ledger, goes on where it was, and prepares everything; nothing is probed yet. Where the disk has no
    /// room for the ledger, or is read-only, ``run()`` waits for it.
    ///
    /// - Parameters:
    ///   - beginsAnew: whether a ledger is made also where there was one.
    ///   - load: reads the configuration; called again at each reload, on a thread of its own.
    /// - Throws: what `load` throws; `LedgerError`, `.locked` where another daemon holds the ledger.
    public init(
        environment: [String: String], signals: SignalInbox, log: Logger, beginsAnew: Bool = false,
        load: @escaping @Sendable () throws -> Configuration
    ) throws {
        try self.init(
            environment: environment, signals: signals, log: log, beginsAnew: beginsAnew, stopTime: Self.stopTime,
            load: load)
    }

    /// One that may take `stopTime` ms to stop.
    init(
        environment: [String: String], signals: SignalInbox, log: Logger, beginsAnew: Bool, stopTime: Milliseconds,
        load: @escaping @Sendable () throws -> Configuration
    ) throws {
        self.stopTime = stopTime
        self.load = load
        self.signals = signals
        self.log = log
        let configuration = try load()
        self.configuration = configuration
        let manager = ServiceManager(environment: environment)
        self.manager = manager
        descriptors = OpenFiles.raiseLimit()
        let watchdog = Watchdog(every: manager.watchdogInterval) { manager.alive() }
        making = DaemonParts.Making(
            probing: try ProbingParts(configuration, descriptors: descriptors, watchdog: watchdog),
            watchdog: watchdog, log: log, beginsAnew: beginsAnew, stop: stopOrder,
            runtimeDirectory: KeepingPlaces.runtimeDirectory(environment))
        do {
            let opened = try DaemonParts(configuration, making)
            parts = opened
            spill.withLock { $0 = opened.spill }
        } catch let error as LedgerError where error.isWaitedFor {
            wait = DiskWait(
                error, at: making.probing.passes.now().wall, places: making.places(configuration),
                sink: Syslog(configuration), log: log)
        }
    }

    private nonisolated var probing: ProbingParts { making.probing }

    /// Runs until a signal asks for the end.
    ///
    /// - Returns: how it ended, within 5 s of the signal.
    /// - Throws: `LedgerError` where it cannot begin; it has then ended everything that it began.
    public nonisolated func run() async throws -> DaemonOutcome {
        let (requests, inbox) = AsyncStream.makeStream(of: SignalInbox.Request.self)
        do {
            try await start()
        } catch {
            await abandon()
            throw error
        }
        let race = StopRace(limit: stopTime, late: { [self] in keepAtTheLast(isRecorded: $0) })
        signals.deliver(to: { [stopOrder] request in
            if case .stop = request {
                stopOrder.order()
                race.arm()
            }
            inbox.yield(request)
        })
        await announce()
        for await request in requests {
            switch request {
            // Not waited for: a stop may come meanwhile.
            case .reload: Task { await self.reload() }
            case .stop: return await stop(race)
            }
        }
        return await stop(race)
    }

    private func start() async throws {
        if let parts { try await parts.start() } else { Task { await waitForDisk() } }
        await probing.start(configuration)
        warnOfDescriptors()
    }

    private func abandon() async {
        await probing.abandon()
        await parts?.abandon()
    }

    private func announce() {
        let ledger = parts.map { "ledger \($0.ledger.path)" } ?? "without a ledger yet"
        log.notice("\(status), \(ledger)")
        manager.ready(status)
    }

    private var status: String {
        let catalog = configuration.catalog
        return "watching \(Counted.text(catalog.services.count, "service")) by "
            + Counted.text(catalog.allChecks.count, "check")
    }

    private func warnOfDescriptors() {
        let wanted = ProbeLimits(for: configuration.allProbed, descriptors: .max).inFlight
        guard wanted > descriptors else { return }
        log.warning(
            """
            the limit of open files allows \(descriptors) probes in flight, and \(wanted) may be where every service \
            hangs: some would then be probed late; raise LimitNOFILE=
            """)
    }

    // MARK: - A disk that takes no ledger

    /// Tries again and again to open the ledger, while probes are made.
    private func waitForDisk() async {
        while !stopOrder.isOrdered {
            wait?.announce()
            try? await Task.sleep(for: .milliseconds(DiskWait.interval))
            making.watchdog.recorded(probing.passes.now())
            do {
                try await open()
                wait?.note(nil)
                wait = nil
                return
            } catch {
                wait?.note(error)
            }
        }
    }

    private func open() async throws {
        let (making, announced) = (making, wait?.announced)
        while true {
            let configuration = configuration
            let opened = try await BlockingWork.result { try DaemonParts(configuration, making, announced: announced) }
            // One that was told to stop meanwhile has no use for it; one that has read another configuration needs it so.
            guard !stopOrder.isOrdered, configuration.catalog == self.configuration.catalog,
                configuration.references == self.configuration.references
            else {
                try? opened.ledger.close()
                if stopOrder.isOrdered { return }
                continue
            }
            parts = opened
            spill.withLock { $0 = opened.spill }
            do {
                try await opened.start()
            } catch {
                parts = nil
                await opened.abandon()
                throw error
            }
            return
        }
    }

    // MARK: - SIGHUP

    private var isReloading = false
    private var isReloadWanted = false

    /// Reads the configuration again, one reading after the other where signals come fast.
    private func reload() async {
        isReloadWanted = true
        if isReloading || stopOrder.isOrdered { return }
        isReloading = true
        while isReloadWanted, !stopOrder.isOrdered {
            isReloadWanted = false
            await reloadOnce()
        }
        isReloading = false
    }

    /// A configuration that is not right changes nothing.
    private func reloadOnce() async {
        manager.reloading(now: probing.passes.now())
        do {
            // Not here: it may take as long as it likes, and a stop must not wait for it.
            let next = try await BlockingWork.result(of: load)
            if stopOrder.isOrdered { return }
            guard next.stateDirectory == configuration.stateDirectory else {
                throw ReloadRefusal(reason: "state_directory has changed, which takes a restart")
            }
            try await parts?.follow(next)
            await probing.follow(next, descriptors: descriptors)
            configuration = next
            warnOfDescriptors()
            log.notice("reloaded: \(status)")
        } catch {
            log.error("not reloaded, going on as before:\n\(error)")
        }
        if !stopOrder.isOrdered { manager.ready(status) }
    }

    // MARK: - SIGTERM

    /// Finishes what is in flight or records it as unknown, and commits; or returns when its time is up, whatever
    /// holds it.
    private nonisolated func stop(_ race: StopRace) async -> DaemonOutcome {
        stopOrder.order()
        return await race.outcome { await self.finish(race) }
    }

    /// Its time is up, and a part is held up: what no commit is known to have taken is kept beside the ledger.
    private nonisolated func keepAtTheLast(isRecorded: Bool) {
        log.error("stopped without waiting any longer; alerts that are left go out at the next start")
        guard !isRecorded else { return }
        let isKept = DispatchSemaphore(value: 0)
        DispatchQueue.global().async { [self] in
            let left = probing.pending.unkept
            if let spill = spill.withLock({ $0 }), let kept = spill.addIfAvailable(left), kept > 0 {
                log.notice("\(kept) samples are kept in \(spill.filled), for the next start")
            }
            isKept.signal()
        }
        // A disk that hangs must not hold the end up.
        _ = isKept.wait(timeout: .now() + .milliseconds(Int(Self.keepingTime)))
    }

    private func finish(_ race: StopRace) async -> DaemonOutcome {
        manager.stopping()
        log.notice("stopping")
        await probing.scheduler.stop()
        await probing.engine.drain(within: Self.drainTime)
        guard let parts else { return finishWithoutLedger() }
        await parts.recorder.stop()
        let isRecorded = await parts.recorder.perform { $0.stop(.now(.stop, by: parts.passes)) }
        if isRecorded { race.noteRecorded() }
        // Both may be long at work; what they have not done, the next start does.
        await parts.outbox.perform { $0.stop() }
        await parts.outbox.stop()
        await parts.reports.stop()
        do {
            try parts.ledger.close()
        } catch {
            log.error("\(error)")
        }
        log.notice("stopped")
        return isRecorded ? .finished : .unrecorded
    }

    private func finishWithoutLedger() -> DaemonOutcome {
        let left = probing.pending.unkept
        let kept = wait?.keep(left) ?? 0
        log.error("\(left.count) samples are not recorded, and \(kept) of them are kept for the next start")
        log.notice("stopped")
        return left.isEmpty ? .finished : .unrecorded
    }
}

/// Why a configuration without mistakes cannot be followed without a restart.
private struct ReloadRefusal: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
