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

        /// Public addresses only, the default limits, and the system's certificates.
        public init(
            policy: AddressPolicy = .publicOnly, limits: ProbeLimits = ProbeLimits(),
            caFile: String = "/etc/ssl/certs/ca-certificates.crt", userAgent: String = "availd"
        ) {
            self.policy = policy
            self.limits = limits
            self.caFile = caFile
            self.userAgent = userAgent
        }
    }

    private nonisolated let executor: SerialQueue
    /// The engine's own serial queue.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    let configuration: Configuration
    let settings: TransferSettings
    let events: EventLoop
    let multi: CurlMulti
    let resolver: Resolver
    var admission: Admission
    var patterns = Patterns()
    var probes: [UInt64: ActiveProbe] = [:]
    /// Probes with a place, whose transfer is to begin.
    var seated = Fifo<UInt64>()
    private var lastID: UInt64 = 0
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
        let executor = SerialQueue(label: "availd.probing")
        let events = try EventLoop(queue: executor.queue)
        self.executor = executor
        self.configuration = configuration
        self.events = events
        settings = TransferSettings(
            caFile: configuration.caFile, userAgent: configuration.userAgent,
            bodyBytes: configuration.limits.bodyBytes, headerBytes: configuration.limits.headerBytes)
        multi = try CurlMulti(poller: events.poller)
        resolver = try Resolver(
            poller: events.poller, servers: nameServers, limit: configuration.limits.lookups)
        admission = Admission(limits: configuration.limits)
    }

    /// Makes a probe; `completion` is called once, on the engine's queue, and must not block.
    public nonisolated func probe(
        _ request: ProbeRequest, completion: @escaping @Sendable (ProbeResult) -> Void
    ) {
        executor.queue.async { self.assumeIsolated { $0.accept(request, completion) } }
    }

    /// Makes a probe and waits for its result.
    public nonisolated func probe(_ request: ProbeRequest) async -> ProbeResult {
        await withCheckedContinuation { continuation in
            probe(request) { continuation.resume(returning: $0) }
        }
    }

    /// How many probes are open, those that wait for a place included.
    public var open: Int { probes.count }

    /// How many transfers are in flight.
    public var inFlight: Int { admission.taken }

    /// Takes no more probes and lets those in flight come to their end; what has not begun, and what is not
    /// over after `limit` ms, ends as unknown. Returns when no probe is open.
    public func drain(within limit: Milliseconds) async {
        isStopping = true
        for id in admission.dismissWaiting() { end(id, .unknown(Cause.stopping)) }
        turn()
        guard !probes.isEmpty else { return }
        executor.queue.asyncAfter(deadline: .now() + .milliseconds(Int(clamping: max(0, limit)))) { [weak self] in
            self?.assumeIsolated { $0.cancelAll() }
        }
        await withCheckedContinuation { idle.append($0) }
    }

    /// Ends every open probe as unknown; others may follow.
    public func cancelAll() {
        _ = admission.dismissWaiting()
        for id in probes.keys.sorted() { end(id, .unknown(Cause.stopping)) }
        turn()
    }

    private func accept(_ request: ProbeRequest, _ completion: @escaping @Sendable (ProbeResult) -> Void) {
        let at = SystemClock.wall()
        let refuse = { (verdict: ProbeVerdict) in
            completion(
                ProbeResult(
                    observation: Observation(
                        check: request.check, sample: Sample(at: at, state: verdict.state), cause: verdict.cause)))
        }
        guard !isStopping else { return refuse(.unknown(Cause.stopping)) }
        guard let url = HopURL(request.specification), url.isHTTP || !request.specification.scheme.isHTTP else {
            return refuse(.unknown("\(Cause.quoted(request.specification.url)) is not an address that can be asked"))
        }
        activate()
        lastID += 1
        let probe = ActiveProbe(
            id: lastID, request: request, url: url, at: at, began: SystemClock.monotonic(), completion: completion)
        probes[lastID] = probe
        selfWhileOpen = self
        resolve(probe)
        turnSoon()
    }

    /// One turn for all the probes that are asked for in a row.
    private func turnSoon() {
        guard !isTurnComing else { return }
        isTurnComing = true
        executor.queue.async {
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
            ready: { [weak self] in
                self?.assumeIsolated { engine in
                    engine.events.poller.drain { event in
                        switch event.owner {
                        case .curl: engine.multi.process(event)
                        case .resolver: engine.resolver.process(event)
                        }
                    }
                    engine.turn()
                }
            },
            due: { [weak self] in
                self?.assumeIsolated { engine in
                    engine.events.fired()
                    engine.turn()
                }
            })
    }

    /// Does all that can be done now, then arms the timer for what cannot. Every entry into the engine ends
    /// here, so that no callback of a library has to do anything but take notes.
    func turn() {
        // Each round may make work for the next. The bound lets other events in; the timer goes on from there.
        for _ in 0..<100 where work() {}
        var due = [multi.due, resolver.due].compactMap { $0 }.min()
        if !seated.isEmpty { due = SystemClock.monotonic() }
        events.arm(due)
        if probes.isEmpty {
            for waiting in idle { waiting.resume() }
            idle.removeAll()
            selfWhileOpen = nil
        }
    }

    /// One round; returns whether there was anything to do.
    private func work() -> Bool {
        var worked = false
        let now = SystemClock.monotonic()
        if let due = multi.due, due <= now {
            multi.advance()
            worked = true
        }
        if resolver.isDue(now) {
            resolver.advance()
            worked = true
        }
        for answer in resolver.takeAnswers() {
            resolved(answer)
            worked = true
        }
        while let id = seated.popFirst() {
            transfer(id)
            worked = true
        }
        while let (transfer, code) = multi.nextFinished() {
            finished(transfer, code)
            worked = true
        }
        return worked
    }

    /// Ends a probe with `verdict`, whatever it is doing.
    func end(_ id: UInt64, _ verdict: ProbeVerdict) {
        guard let probe = probes.removeValue(forKey: id) else { return }
        switch probe.stage {
        case .resolving: resolver.forget(id)
        case .transferring(let transfer), .inspecting(let transfer, _): multi.remove(transfer)
        case .waiting, .judging: break
        }
        leave(probe)
        probe.completion(probe.result(verdict, now: SystemClock.monotonic()))
    }

    /// Gives the probe's place to those who wait for one.
    func leave(_ probe: ActiveProbe) {
        guard let seat = probe.seat else { return }
        probe.seat = nil
        for id in admission.leave(seat) {
            probes[id]?.seat = probes[id].flatMap { waiting in
                waiting.address.map { Admission.Seat(customer: waiting.request.customer, address: $0) }
            }
            seated.append(id)
        }
    }

    /// Searches for regular expressions away from the queue, then ends the probe.
    nonisolated func judgeElsewhere(_ id: UInt64, _ judge: Judge) {
        DispatchQueue.global().async {
            let verdict = judge.verdict()
            self.executor.queue.async {
                self.assumeIsolated { engine in
                    engine.end(id, verdict)
                    engine.turn()
                }
            }
        }
    }
}
