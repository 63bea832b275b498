import Dispatch
import Platform
import SLA

/// The two Dispatch sources of the engine: one for everything the poller watches, and one timer.
final class EventLoop {
    let poller: Poller
    private let queue: DispatchQueue
    private var readiness: (any DispatchSourceRead)?
    private var timer: (any DispatchSourceTimer)?
    /// When the timer fires next; nil where it is not armed.
    private(set) var armed: MonotonicInstant?

    init(queue: DispatchQueue) throws(ProbeEngineError) {
        self.queue = queue
        poller = try Poller()
    }

    deinit {
        // Dispatch lets go of the poller's descriptor in the cancel handler, so the poller must live till then.
        readiness?.cancel()
        timer?.cancel()
    }

    /// Begins to deliver events, on the queue.
    func activate(ready: @escaping @Sendable () -> Void, due: @escaping @Sendable () -> Void) {
        guard readiness == nil else { return }
        let readiness = DispatchSource.makeReadSource(fileDescriptor: poller.descriptor, queue: queue)
        readiness.setEventHandler(handler: ready)
        // The source owns the poller with this: it is closed only once Dispatch no longer watches it.
        let keeper = Keeper(poller)
        readiness.setCancelHandler { withExtendedLifetime(keeper) {} }
        readiness.activate()
        self.readiness = readiness
        let timer = DispatchSource.makeTimerSource(flags: .strict, queue: queue)
        timer.setEventHandler(handler: due)
        timer.schedule(deadline: .distantFuture)
        timer.activate()
        self.timer = timer
    }

    /// Arms the timer for `due`. It may also fire earlier, for a time that was wanted before.
    func arm(_ due: MonotonicInstant?, now: MonotonicInstant) {
        guard let due, armed.map({ due < $0 }) ?? true else { return }
        armed = due
        let wait = due.nanoseconds(since: now)
        timer?.schedule(deadline: .now() + .nanoseconds(Int(clamping: wait)), leeway: .nanoseconds(0))
    }

    /// The timer fired; it is not armed any more.
    func fired() {
        armed = nil
    }

    /// Carries the poller into the cancel handler.
    ///
    /// Unchecked: nothing ever uses the poller through it; it only holds the last reference, and the poller's
    /// deinit closes a descriptor and frees memory, which any thread may do.
    private final class Keeper: @unchecked Sendable {
        private let poller: Poller

        init(_ poller: Poller) {
            self.poller = poller
        }
    }
}
