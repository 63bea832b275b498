import Platform
import Probing
import SLA

/// Who probes for the scheduler: the engine, or a test. It is called on its queue alone.
struct Prober: Sendable {
    /// Where it lives.
    var queue: SerialQueue
    /// Begins a probe, and calls back on the queue when it has ended; nil where it is over already.
    var begin: @Sendable (ProbeRequest, @escaping @Sendable (ProbeResult) -> Void) -> ProbeEngine.Ticket?
    /// Whether a probe still waits for its turn.
    var isWaiting: @Sendable (ProbeEngine.Ticket) -> Bool
}

extension Prober {
    /// Probes by `engine`.
    init(_ engine: ProbeEngine) {
        self.init(
            queue: engine.queue,
            begin: { request, ended in engine.assumeIsolated { $0.begin(request, completion: ended) } },
            isWaiting: { ticket in engine.assumeIsolated { $0.isWaiting(ticket) } })
    }
}
