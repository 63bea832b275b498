import Dispatch

/// A serial queue that actors run on, so that Dispatch sources on the same queue are already inside them.
///
/// `DispatchSerialQueue` is absent on Linux. This is unchecked Sendable because its only state is the queue,
/// which Dispatch makes safe to use from any thread.
final class SerialQueue: SerialExecutor, @unchecked Sendable {
    let queue: DispatchQueue

    /// Of the default quality of service: for another, Dispatch changes the thread's nice value, which only root may
    /// lower again, and writes every refusal to syslog.
    init(label: String) {
        queue = DispatchQueue(label: label, qos: .default)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }

    /// A timer on this queue that is not set yet.
    func makeTimer(_ handler: @escaping @Sendable () -> Void) -> any DispatchSourceTimer {
        let timer = DispatchSource.makeTimerSource(flags: .strict, queue: queue)
        timer.setEventHandler(handler: handler)
        return timer
    }
}
