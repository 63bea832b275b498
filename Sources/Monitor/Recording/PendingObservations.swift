import SLA
import Synchronization

/// Observations between the probe that made them and the commit that keeps them.
///
/// Probes add from any queue. Where commits fail for long, the oldest go: time that is not recorded is
/// unmeasured, and memory stays bounded.
package final class PendingObservations: Sendable {
    private struct State {
        var observations: [Observation] = []
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

    /// Takes the oldest, `most` of them at the most.
    func take(atMost most: Int = .max) -> [Observation] {
        state.withLock { state in
            guard state.observations.count > most else {
                let taken = state.observations
                state.observations = []
                return taken
            }
            let taken = Array(state.observations.prefix(most))
            state.observations.removeFirst(most)
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
