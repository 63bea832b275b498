import Dispatch

/// A serial queue that an actor runs on, so that Dispatch sources of the same queue are inside the actor.
///
/// On Linux there is no `DispatchSerialQueue` that would do this. ``checkIsolated()`` lets `assumeIsolated` in a
/// source's handler find out that it is on the queue.
public final class SerialQueue: SerialExecutor {
    /// The queue itself, for sources and timers.
    public let queue: DispatchQueue

    /// A queue called `label` in debuggers and traces.
    ///
    /// Of the default quality of service: for another, Dispatch changes the thread's nice value, which only root may
    /// lower again, and writes every refusal to syslog.
    public init(label: String) {
        queue = DispatchQueue(label: label, qos: .default)
    }

    /// Runs a piece of the actor on the queue.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Traps where the caller is not on the queue.
    public func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }

    /// A timer on this queue that is neither set nor active yet.
    public func makeTimer(_ handler: @escaping @Sendable () -> Void) -> any DispatchSourceTimer {
        let timer = DispatchSource.makeTimerSource(flags: .strict, queue: queue)
        timer.setEventHandler(handler: handler)
        return timer
    }
}
