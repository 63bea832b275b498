import SLA
import Synchronization

/// Observations between the probe that made them and the commit that keeps them.
///
/// Probes add from any queue. Where commits fail for long, the oldest go: time that is not recorded is
/// unmeasured, and memory stays bounded.
final class PendingObservations: Sendable {
    private struct State {
        var observations: [Observation] = []
        var dropped = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int = 200_000) {
        self.capacity = capacity
    }

    func add(_ observation: Observation) {
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

    /// Takes all there is.
    func take() -> [Observation] {
        state.withLock { state in
            let taken = state.observations
            state.observations = []
            return taken
        }
    }

    /// Puts back what could not be committed, before what has come since.
    func putBack(_ observations: [Observation]) {
        state.withLock { state in
            let all = observations + state.observations
            let surplus = max(0, all.count - capacity)
            state.dropped += surplus
            state.observations = Array(all.dropFirst(surplus))
        }
    }

    /// How many were dropped since the last call.
    func takeDropped() -> Int {
        state.withLock { state in
            defer { state.dropped = 0 }
            return state.dropped
        }
    }
}
