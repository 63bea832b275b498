import Dispatch
import Platform
import SLA

/// A timer on a serial queue: of everything that wakes up by itself.
struct QueueTimer {
    private let source: any DispatchSourceTimer

    /// A timer that is not set yet. `handler` runs on `queue`.
    init(on queue: SerialQueue, _ handler: @escaping @Sendable () -> Void) {
        source = queue.makeTimer(handler)
        source.activate()
    }

    /// Fires now, and then every `interval` ms, each time up to `leeway` ms late.
    func fire(every interval: Milliseconds, leeway: Milliseconds) {
        source.schedule(
            deadline: .now(), repeating: .milliseconds(Int(interval)), leeway: .milliseconds(Int(leeway)))
    }

    /// Fires once, in `wait` ns.
    func fire(in wait: UInt64) {
        source.schedule(deadline: .now() + .nanoseconds(Int(wait)), leeway: .nanoseconds(0))
    }

    /// Never fires again.
    func cancel() { source.cancel() }
}
