import Dispatch
import Platform
import Probing
import SLA

/// Drives the schedule: one Dispatch timer for all checks, whatever their number.
actor ProbeScheduler {
    private let executor = SerialQueue(label: "availd.schedule")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// What a check needs to be probed.
    private struct Plan {
        let request: ProbeRequest
        let retryInterval: Milliseconds
        let confirm: Int
    }

    private var engine: ProbeEngine
    private let record: @Sendable (Observation) -> Void
    private var schedule = Schedule()
    private var plans: [CheckID: Plan] = [:]
    private var inFlight: Set<CheckID> = []
    private var failures: [CheckID: Int] = [:]
    private var timer: (any DispatchSourceTimer)?
    private var isStopped = false

    /// A scheduler that probes by `engine`.
    ///
    /// - Parameter record: called with each observation, on no particular queue.
    init(engine: ProbeEngine, record: @escaping @Sendable (Observation) -> Void) {
        self.engine = engine
        self.record = record
    }

    /// Runs the checks of `catalog` from now on, by `engine`; those that ran before keep their due instants.
    func run(_ catalog: Catalog, by engine: ProbeEngine) {
        guard !isStopped else { return }
        self.engine = engine
        plans = [:]
        var intervals: [(CheckID, Milliseconds)] = []
        for service in catalog.services {
            for check in service.checks {
                let id = CheckID(service: service.id, check: check.id)
                intervals.append((id, check.interval))
                plans[id] = Plan(
                    request: ProbeRequest(
                        check: id, specification: check.probe, timeout: check.timeout, customer: service.customer),
                    retryInterval: check.retryInterval, confirm: check.confirm)
            }
        }
        failures = failures.filter { plans[$0.key] != nil }
        schedule = Schedule(intervals, continuing: schedule, now: SystemClock.now())
        if timer == nil {
            let timer = executor.makeTimer { [weak self] in self?.assumeIsolated { $0.probeWhatIsDue() } }
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
        guard let due = schedule.nextDue else { return }
        let wait = due.nanoseconds(since: SystemClock.monotonic())
        timer?.schedule(deadline: .now() + .nanoseconds(Int(wait)), leeway: .milliseconds(1))
    }

    private func probeWhatIsDue() {
        guard !isStopped else { return }
        for due in schedule.takeDue(now: SystemClock.now()) {
            if due.missed > 0 {
                let cause = "the monitor was late and missed \(due.missed) due times"
                record(Observation(check: due.check, sample: Sample(at: due.at, state: .unknown), cause: cause))
            }
            start(due)
        }
        setTimer()
    }

    private func start(_ due: Schedule.Due) {
        guard let plan = plans[due.check] else { return }
        guard inFlight.insert(due.check).inserted else {
            let cause = "missed a due time: the probe before is still waiting for its turn"
            record(Observation(check: due.check, sample: Sample(at: due.at, state: .unknown), cause: cause))
            return
        }
        engine.probe(plan.request) { [weak self] result in
            guard let self else { return }
            self.record(result.observation)
            self.executor.queue.async { self.assumeIsolated { $0.finished(result.observation) } }
        }
    }

    /// A failure that is not confirmed yet is looked at again soon (semantics §3).
    private func finished(_ observation: Observation) {
        let check = observation.check
        inFlight.remove(check)
        guard let plan = plans[check], !isStopped else { return }
        guard observation.sample.state == .down else {
            failures[check] = nil
            return
        }
        let count = failures[check, default: 0] + 1
        failures[check] = count
        if count < plan.confirm {
            schedule.retry(check, after: plan.retryInterval, now: SystemClock.now())
            setTimer()
        }
    }
}
