import Dispatch
import Platform
import Probing
import SLA

/// Has the agenda probed: one Dispatch timer for all checks, whatever their number, on the engine's own queue, so that
/// no hop lies between a due time and its probe, nor between a result and what follows from it.
actor ProbeScheduler {
    nonisolated var unownedExecutor: UnownedSerialExecutor { engine.unownedExecutor }

    private let engine: ProbeEngine
    private let record: @Sendable (Observation) -> Void
    private var agenda = ProbeAgenda()
    private var requests: [CheckID: ProbeRequest] = [:]
    /// The probes that are under way.
    private var tickets: [CheckID: ProbeEngine.Ticket] = [:]
    /// The checks whose last probe was quick.
    private var quick: Set<CheckID> = []
    private var timer: (any DispatchSourceTimer)?
    private var armed: MonotonicInstant?
    private var isStopped = false

    /// A scheduler that probes by `engine`.
    ///
    /// - Parameter record: called with each observation, on the engine's queue.
    init(engine: ProbeEngine, record: @escaping @Sendable (Observation) -> Void) {
        self.engine = engine
        self.record = record
    }

    /// Follows the checks of `catalog` from now on; those that it followed before keep their due instants.
    func follow(_ catalog: Catalog) {
        guard !isStopped else { return }
        requests = [:]
        var entries: [ProbeAgenda.Entry] = []
        for service in catalog.services {
            for check in service.checks {
                let id = CheckID(service: service.id, check: check.id)
                entries.append(
                    ProbeAgenda.Entry(
                        check: id, interval: check.interval, retryInterval: check.retryInterval,
                        confirm: check.confirm))
                requests[id] = ProbeRequest(
                    check: id, specification: check.probe, timeout: check.timeout, customer: service.customer)
            }
        }
        quick = quick.filter { requests[$0] != nil }
        agenda.replace(entries, now: SystemClock.now())
        if timer == nil {
            let timer = engine.queue.makeTimer { [weak self] in self?.assumeIsolated { $0.probeWhatIsDue() } }
            self.timer = timer
            timer.activate()
        }
        setTimer()
    }

    /// Starts nothing any more. What is in flight is the engine's to finish or end.
    func stop() {
        isStopped = true
        timer?.cancel()
        timer = nil
    }

    private func setTimer() {
        guard let due = agenda.nextTurn, due != armed else { return }
        armed = due
        let wait = due.nanoseconds(since: SystemClock.monotonic())
        timer?.schedule(deadline: .now() + .nanoseconds(Int(wait)), leeway: .nanoseconds(0))
    }

    private func probeWhatIsDue() {
        guard !isStopped else { return }
        armed = nil
        let actions = agenda.takeDue(now: SystemClock.now()) { check in
            guard let ticket = tickets[check] else { return false }
            return engine.assumeIsolated { $0.isWaiting(ticket) }
        }
        for action in actions {
            switch action {
            case .begin(let check): begin(check)
            case .record(let check, let at, let cause):
                record(Observation(check: check, sample: Sample(at: at, state: .unknown), cause: cause))
            }
        }
        setTimer()
    }

    private func begin(_ check: CheckID) {
        guard var request = requests[check] else { return }
        request.isSlow = !quick.contains(check)
        tickets[check] = engine.assumeIsolated { engine in
            engine.begin(request) { [weak self] result in
                self?.record(result.observation)
                self?.assumeIsolated { $0.finished(result) }
            }
        }
    }

    private func finished(_ result: ProbeResult) {
        let check = result.observation.check
        tickets[check] = nil
        if result.isQuick, requests[check] != nil { quick.insert(check) } else { quick.remove(check) }
        agenda.ended(check, result.observation.sample.state, now: SystemClock.now())
        if !isStopped { setTimer() }
    }
}
