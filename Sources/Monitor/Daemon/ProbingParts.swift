import Configuration
import Platform
import Probing
import SLA

/// The parts of a daemon that see: they work also while there is no ledger yet.
struct ProbingParts: Sendable {
    /// The clock of the daemon: all of it reads this one.
    let passes: PassClock
    let engine: ProbeEngine
    let scheduler: ProbeScheduler
    /// What was seen, and waits for its commit.
    let pending = PendingObservations()

    /// Prepares everything by `configuration`; nothing is probed yet.
    ///
    /// - Throws: `ProbeEngineError`, and what is wrong with the addresses.
    init(_ configuration: Configuration, descriptors: Int, watchdog: Watchdog) throws {
        let passes = PassClock()
        let clock: @Sendable () -> Now = { passes.now() }
        self.passes = passes
        engine = try ProbeEngine(
            configuration: ProbeEngine.Configuration(
                policy: AddressPolicy(allowing: configuration.allowAddresses),
                limits: ProbeLimits(for: configuration.allProbed, descriptors: descriptors), clock: clock))
        scheduler = ProbeScheduler(
            Prober(engine), clock: clock, record: pending.add, progress: { watchdog.probed(until: $0) })
    }

    /// Begins to probe what `configuration` has; where it has begun already, goes on with that.
    func start(_ configuration: Configuration) async {
        await scheduler.follow(
            configuration.catalog, configuration.references, isOwn: configuration.provider.hasAddress)
        await scheduler.start()
    }

    /// Works by `configuration` from now on.
    func follow(_ configuration: Configuration, descriptors: Int) async {
        let policy = AddressPolicy(allowing: configuration.allowAddresses)
        let limits = ProbeLimits(for: configuration.allProbed, descriptors: descriptors)
        await engine.use(policy: policy, limits: limits)
        await scheduler.follow(
            configuration.catalog, configuration.references, isOwn: configuration.provider.hasAddress)
    }

    /// Ends all of it at once.
    func abandon() async {
        await scheduler.stop()
        await engine.cancelAll()
    }
}
