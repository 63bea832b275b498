import Probing
import SLA

/// Has the agenda probed: one Dispatch timer for all checks, whatever their number, on the engine's own queue, so that
/// no hop lies between a due time and its probe, nor between a result and what follows from it.
actor ProbeScheduler {
    nonisolated var unownedExecutor: UnownedSerialExecutor { prober.queue.asUnownedSerialExecutor() }

    private let prober: Prober
    private let clock: @Sendable () -> Now
    private let record: @Sendable (Observation) -> Void
    private let progress: @Sendable (MonotonicInstant?) -> Void
    private var agenda = ProbeAgenda()
    private var requests: [CheckID: ProbeRequest] = [:]
    /// Whether an address is the provider's own.
    private var isOwn: @Sendable (String) -> Bool = { _ in false }
    /// The probes that are under way.
    private var tickets: [CheckID: ProbeEngine.Ticket] = [:]
    /// The checks whose last probe was quick.
    private var quick: Set<CheckID> = []
    private var timer: QueueTimer?
    private var armed: MonotonicInstant?
    private var isStopped = false

    /// A scheduler that probes by `prober`.
    ///
    /// - Parameters:
    ///   - record: called with each observation, on the prober's queue.
    ///   - progress: told when the next turn is due, whenever what was due has been begun; nil for never.
    init(
        _ prober: Prober, clock: @escaping @Sendable () -> Now, record: @escaping @Sendable (Observation) -> Void,
        progress: @escaping @Sendable (MonotonicInstant?) -> Void
    ) {
        self.prober = prober
        self.clock = clock
        self.record = record
        self.progress = progress
    }

    /// Begins what is due by itself from now on; until then, and in tests, ``probeWhatIsDue()`` does.
    func start() {
        guard !isStopped, timer == nil else { return }
        timer = QueueTimer(on: prober.queue) { [weak self] in self?.assumeIsolated { $0.probeWhatIsDue() } }
        armed = nil
        setTimer()
    }

    /// Follows the checks of `catalog`, and `references`, from now on; those that it followed before keep their due
    /// instants.
    ///
    /// - Parameter isOwn: whether an address is the provider's own: a reference there says nothing.
    func follow(
        _ catalog: Catalog, _ references: [Reference] = [], isOwn: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        guard !isStopped else { return }
        self.isOwn = isOwn
        requests = [:]
        var entries: [ProbeAgenda.Entry] = []
        for service in catalog.services {
            for check in service.checks {
                let request = ProbeRequest(check, of: service)
                entries.append(
                    ProbeAgenda.Entry(
                        check: request.check, interval: check.interval, retryInterval: check.retryInterval,
                        confirm: check.confirm))
                requests[request.check] = request
            }
        }
        for reference in references {
            let check = reference.check
            entries.append(
                ProbeAgenda.Entry(
                    check: reference.id, interval: check.interval, retryInterval: check.retryInterval,
                    confirm: check.confirm, isReference: true))
            requests[reference.id] = ProbeRequest(reference)
        }
        quick = quick.filter { requests[$0] != nil }
        agenda.replace(entries, now: clock())
        setTimer()
    }

    /// Starts nothing any more. What is in flight is the engine's to finish or end.
    func stop() {
        isStopped = true
        timer?.cancel()
        timer = nil
        progress(nil)
    }

    /// When ``probeWhatIsDue()`` is to be called; nil for never.
    var nextTurn: MonotonicInstant? { agenda.nextTurn }

    private func setTimer() {
        let due = agenda.nextTurn
        progress(due)
        guard let timer, let due, due != armed else { return }
        armed = due
        timer.fire(in: due.nanoseconds(since: clock().monotonic))
    }

    /// Begins every probe that is due.
    func probeWhatIsDue() {
        guard !isStopped else { return }
        armed = nil
        let now = clock()
        let actions = agenda.takeDue(now: now) { check in
            guard let ticket = tickets[check] else { return false }
            return prober.isWaiting(ticket)
        }
        for action in actions {
            switch action {
            case .begin(let check): begin(check)
            case .record(let check, let at, let cause):
                record(Observation(check: check, sample: Sample(at: at, state: .unknown, pass: now.pass), cause: cause))
            }
        }
        setTimer()
    }

    private func begin(_ check: CheckID) {
        guard var request = requests[check] else { return }
        request.isSlow = !quick.contains(check)
        tickets[check] = prober.begin(request) { [weak self] result in
            self?.assumeIsolated {
                $0.record($0.judged(result.observation))
                $0.finished(result)
            }
        }
    }

    /// `observation`; of a reference that lies in the provider's own networks, that it cannot tell (semantics §10).
    private func judged(_ observation: Observation) -> Observation {
        guard observation.check.isOfReference, let address = observation.address, isOwn(address) else {
            return observation
        }
        var judged = observation
        let sample = observation.sample
        judged.sample = Sample(at: sample.at, state: .unknown, pass: sample.pass, family: sample.family)
        judged.cause = .misconfigured(.ownAddress(address))
        return judged
    }

    private func finished(_ result: ProbeResult) {
        let check = result.observation.check
        tickets[check] = nil
        if result.isQuick, requests[check] != nil { quick.insert(check) } else { quick.remove(check) }
        agenda.ended(check, result.observation.sample.state, now: clock())
        if !isStopped { setTimer() }
    }
}
