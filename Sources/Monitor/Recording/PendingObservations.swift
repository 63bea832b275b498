import SLA
import Synchronization

/// Observations between the probe that made them and the commit that keeps them.
///
/// Probes add from any queue. Where commits fail for long, the oldest go: first into the file beside the ledger, as long
/// as that has room (``SpillFile``), then altogether. Time that is not recorded is unmeasured, and memory stays bounded.
package final class PendingObservations: Sendable {
    private struct State {
        var observations: [Observation] = []
        /// Those that a commit is trying to keep.
        var inFlight: [Observation] = []
        var dropped = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    package init(capacity: Int = 200_000) {
        self.capacity = capacity
    }

    package func add(_ observation: Observation) {
        state.withLock { state in
            // A tenth at a time, so that a full buffer does not move at every addition.
            if state.observations.count >= capacity {
                let surplus = max(1, capacity / 10)
                state.observations.removeFirst(surplus)
                state.dropped += surplus
            }
            state.observations.append(observation)
        }
    }

    /// Whether there is none.
    package var isEmpty: Bool { state.withLock { $0.observations.isEmpty } }

    /// How many there are beyond half of what memory is to hold.
    var surplus: Int { state.withLock { max(0, $0.observations.count - capacity / 2) } }

    /// Takes the oldest, `most` of them at the most, until ``settle()`` or ``putBack()``.
    func take(atMost most: Int = .max) -> [Observation] {
        state.withLock { state in
            state.inFlight = Array(state.observations.prefix(most))
            state.observations.removeFirst(state.inFlight.count)
            return state.inFlight
        }
    }

    /// What was taken is kept.
    func settle() { state.withLock { $0.inFlight = [] } }

    /// Puts back what was taken and could not be kept, but for the first `kept` of it, before what has come since.
    func putBack(butFirst kept: Int = 0) {
        state.withLock { state in
            let all = state.inFlight.dropFirst(kept) + state.observations
            let surplus = max(0, all.count - capacity)
            state.dropped += surplus
            state.observations = Array(all.dropFirst(surplus))
            state.inFlight = []
        }
    }

    /// All that no commit is known to have kept; it stays here.
    var unkept: [Observation] { state.withLock { $0.inFlight + $0.observations } }

    /// How many were dropped since the last call.
    func takeDropped() -> Int {
        state.withLock { state in
            defer { state.dropped = 0 }
            return state.dropped
        }
    }
}
