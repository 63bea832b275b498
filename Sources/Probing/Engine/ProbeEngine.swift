import Addresses
import Curl
import Dispatch
import Glibc
import Platform
import SLA

/// Makes probes: any number may be asked for at once, and each ends with one result.
///
/// All of it runs on one serial queue. A probe resolves its name, waits for a place, transfers, and is judged;
/// a redirect takes it back to the beginning. It holds itself in memory as long as a probe is open; when the
/// last reference goes, everything it holds of the system is given back.
public actor ProbeEngine {
    /// What an engine is made of.
    public struct Configuration: Sendable {
        /// Which addresses may be spoken to.
        public var policy: AddressPolicy
        /// How much is taken on at once.
        public var limits: ProbeLimits
        /// The trusted certificates: a file in PEM form.
        public var caFile: String
        /// How the probes name themselves to HTTP servers.
        public var userAgent: String
        /// The clocks that samples are dated by.
        public var clock: @Sendable () -> Now

        /// Public addresses only, the default limits, and the system's certificates.
        public init(
            policy: AddressPolicy = .publicOnly, limits: ProbeLimits = ProbeLimits(),
            caFile: String = EasyHandle.systemAuthorities, userAgent: String = "availd",
            clock: @escaping @Sendable () -> Now = { SystemClock.now() }
        ) {
            self.policy = policy
            self.limits = limits
            self.caFile = caFile
            self.userAgent = userAgent
            self.clock = clock
        }
    }

    /// Names a probe that was begun.
    public typealias Ticket = UInt64

    /// The engine's queue, for whoever wants to be on it: no hop then lies between asking and probing.
    public nonisolated let queue: SerialQueue
    /// The engine's own serial queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    private(set) var configuration: Configuration
    let settings: TransferSettings
    let events: EventLoop
    let transfers: TransferPool
    let resolver: Resolver
    let connector: Connector
    var admission: Admission<IPAddress>
    var lateness: LatenessMeter
    /// What the queue's thread had computed when the turn began, or was found to have stood still, in ns.
    var computedBefore: UInt64 = 0
    let searches: SearchLanes
    var probes: [Ticket: ActiveProbe] = [:]
    /// Probes with a place, whose transfer is to begin.
    var admitted = Fifo<Ticket>()
    /// Who got a place and when, in order, up to those of a second ago.
    var recentlyPlaced = Fifo<(ticket: Ticket, since: MonotonicInstant)>()
    /// When the transfers have taken too long.
    var deadlines = KeyedHeap<Ticket, MonotonicInstant>()
    private var lastTicket: Ticket = 0
    // The sources hold the engine weakly; this keeps it while somebody waits for a result.
    private var selfWhileOpen: ProbeEngine?
    private var isActive = false
    private var isTurnComing = false
    private var isStopping = false
    private var idle: [CheckedContinuation<Void, Never>] = []

    /// An engine that is ready to probe.
    ///
    /// - Throws: ``ProbeEngineError`` where the system or a library refuses what it needs.
    public init(configuration: Configuration = Configuration()) throws {
        try self.init(configuration: configuration, nameServers: nil)
    }

    /// The same, asking `nameServers` (`127.0.0.1:5300`) instead of the system's.
    init(configuration: Configuration, nameServers: String?) throws {
        guard access(configuration.caFile, R_OK) == 0 else {
            throw ProbeEngineError.trustStore(path: configuration.caFile, errno: errno)
        }
        let queue = SerialQueue(label: "availd.probing")
        let events = try EventLoop(queue: queue.queue)
        self.queue = queue
        self.configuration = configuration
        self.events = events
        settings = TransferSettings(
            caFile: configuration.caFile, userAgent: configuration.userAgent,
            headerBytes: configuration.limits.headerBytes, bodies: BodyBudget(limit: configuration.limits.heldBytes))
        transfers = try TransferPool(poller: events.poller)
        resolver = try Resolver(
            poller: events.poller, servers: nameServers, limit: configuration.limits.lookups)
        connector = Connector(poller: events.poller, besides: configuration.limits.besides)
        admission = Admission(places: configuration.limits.inFlight)
        lateness = LatenessMeter(SystemClock.monotonic())
        // Half of what may be held may wait for long searches; the other half is there for the rest.
        searches = SearchLanes(room: configuration.limits.heldBytes / 2)
    }

    /// Makes a probe; `completion` is called once, on the engine's queue, and must not block.
    public nonisolated func probe(
        _ request: ProbeRequest, completion: @escaping @Sendable (ProbeResult) -> Void
    ) {
        queue.queue.async { self.assumeIsolated { _ = $0.begin(request, completion: completion) } }
    }

    /// Makes a probe and waits for its result.
    public nonisolated func probe(_ request: ProbeRequest) async -> ProbeResult {
        await withCheckedContinuation { continuation in
            probe(request) { continuation.resume(returning: $0) }
        }
    }

    /// Begins a probe; `completion` is called once, on the engine's queue, and must not block.
    ///
    /// - Returns: its ticket; nil where it is over already.
    public func begin(
        _ request: ProbeRequest, completion: @escaping @Sendable (ProbeResult) -> Void
    ) -> Ticket? {
        noteLateness()
        let now = configuration.clock()
        let refuse = { (outcome: ProbeOutcome) -> Ticket? in
            completion(
                ProbeResult(
                    observation: Observation(
                        check: request.check, sample: Sample(at: now.wall, state: outcome.state, pass: now.pass),
                        cause: outcome.cause)))
            return nil
        }
        guard !isStopping else { return refuse(.unknown(.monitorStopping)) }
        guard let url = CurlURL(request.specification), url.isHTTP || !request.specification.scheme.isHTTP else {
            return refuse(.unknown(.misconfigured(.url(Excerpt(request.specification.url)))))
        }
        activate()
        let ticket = openProbe(request, policy: configuration.policy, url: url, at: now, completion: completion)
        turnSoon()
        return ticket
    }

    /// The ticket of the probe that is opened next.
    var nextTicket: Ticket { lastTicket + 1 }

    /// Opens a probe of `url`, which begins with its name.
    func openProbe(
        _ request: ProbeRequest, policy: AddressPolicy, url: CurlURL, at: Now,
        completion: @escaping @Sendable (ProbeResult) -> Void
    ) -> Ticket {
        let ticket = nextTicket
        lastTicket = ticket
        let probe = ActiveProbe(
            id: ticket, request: request, policy: policy, url: url, at: at, began: SystemClock.monotonic(),
            clock: configuration.clock, completion: completion)
        probes[ticket] = probe
        selfWhileOpen = self
        resolve(probe)
        return probe.id
    }

    /// Whether the probe of `ticket` waits for its turn: for a place among the transfers or the lookups.
    public func isWaiting(_ ticket: Ticket) -> Bool {
        guard let probe = probes[ticket] else { return false }
        return switch probe.stage {
        case .waiting: true
        case .resolving: resolver.isWaiting(ticket)
        case .gathering(let results): results.open.allSatisfy(isWaiting)
        case .connecting, .transferring, .inspecting, .judging: false
        }
    }

    /// How many probes are open, those that wait for a place included.
    var open: Int { probes.count }

    /// How many transfers are in flight.
    var inFlight: Int { admission.taken }

    /// Speaks from now on to the addresses of `policy`, and takes on as many transfers and lookups as `limits` say; how
    /// much is read of an answer's headers stays as it was. What is open goes on as it would have.
    public func use(policy: AddressPolicy, limits: ProbeLimits) {
        configuration.policy = policy
        admission.resize(to: limits.inFlight)
        connector.resize(besides: limits.besides)
        resolver.resize(to: limits.lookups)
        turn()
    }

    /// How many bytes of bodies are held, and the most that were at once.
    var heldBytes: (now: Int, most: Int) { (settings.bodies.held, settings.bodies.most) }

    /// Takes no more probes and lets those in flight come to their end; what has not begun, and what is not
    /// over after `limit` ms, ends as unknown. Returns when no probe is open.
    public func drain(within limit: Milliseconds) async {
        isStopping = true
        for ticket in probes.keys.sorted() where isWaiting(ticket) { end(ticket, .unknown(.monitorStopping)) }
        turn()
        guard !probes.isEmpty else { return }
        queue.queue.asyncAfter(deadline: .now() + .milliseconds(Int(clamping: max(0, limit)))) { [weak self] in
            self?.assumeIsolated { $0.cancelAll() }
        }
        await withCheckedContinuation { idle.append($0) }
    }

    /// Ends every open probe as unknown; others may follow.
    public func cancelAll() {
        for ticket in probes.keys.sorted() { end(ticket, .unknown(.monitorStopping)) }
        turn()
    }

    /// One turn for all the probes that are asked for in a row.
    private func turnSoon() {
        guard !isTurnComing else { return }
        isTurnComing = true
        queue.queue.async {
            self.assumeIsolated { engine in
                engine.isTurnComing = false
                engine.turn()
            }
        }
    }

    private func activate() {
        guard !isActive else { return }
        isActive = true
        events.activate(
            ready: { [weak self] in self?.assumeIsolated { $0.turn() } },
            due: { [weak self] in self?.assumeIsolated { $0.turn(isTimer: true) } })
    }

    /// Tells whoever waits for it that no probe is open, and lets the engine go.
    func becomeIdle() {
        for waiting in idle { waiting.resume() }
        idle.removeAll()
        selfWhileOpen = nil
    }
}
