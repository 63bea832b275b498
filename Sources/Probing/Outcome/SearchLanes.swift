import Dispatch
import SLA
import Synchronization

/// Where answers are searched for regular expressions: on as many threads as there are lanes, whatever there is to
/// search.
///
/// Each begins in the first lane, and what takes too long for a lane goes on in the next one. An expectation is known
/// by the lane in which its last search came to an end, and goes there at once: so expressions that take ages hold
/// each other up, and nobody else. Each is compiled for its search, which takes a few µs of the lane's thread.
final class SearchLanes: Sendable {
    /// What a search may compute in each lane, in ns: a page takes less than a ms, one of 1 MB some 20 at most where the
    /// pattern is none that takes ages, and 2 s is for ever.
    static let limits: [UInt64] = [25_000_000, 200_000_000, 2_000_000_000]

    private let queues: [DispatchQueue]
    private let clocks: SearchBudget.Clocks
    private let state: Mutex<State>

    private struct State {
        /// Bytes of bodies that may still wait for a later lane.
        var room: Int
        /// In which lane the searches for some expressions begin; in the first where nothing is said.
        var lanes: [[String]: Int] = [:]
    }

    /// Lanes in which bodies of `room` bytes may wait for a later one; more than that is given up at once.
    init(room: Int, clocks: SearchBudget.Clocks = SearchBudget.Clocks()) {
        self.clocks = clocks
        state = Mutex(State(room: room))
        // Of the default quality of service: see SerialQueue.
        queues = Self.limits.indices.map { DispatchQueue(label: "availd.searches.\($0)", qos: .default) }
    }

    /// Finds out `judge`'s outcome and hands it to `completion`, on a lane's thread.
    func judge(_ judge: Judge, completion: @escaping @Sendable (ProbeOutcome) -> Void) {
        queues[0].async {
            let lane = self.state.withLock { $0.lanes[judge.expectation.patterns] ?? 0 }
            // Without any time it still finds out what needs no search.
            let budget = SearchBudget(limit: lane == 0 ? Self.limits[0] : 0, clocks: self.clocks)
            let outcome = judge.outcome(within: budget)
            guard budget.wasExceeded, self.take(judge, max(1, lane), completion) else { return completion(outcome) }
        }
    }

    /// Goes on in `lane`; returns whether there was room to wait for it.
    private func take(_ judge: Judge, _ lane: Int, _ completion: @escaping @Sendable (ProbeOutcome) -> Void) -> Bool {
        let bytes = judge.transfer.body.count
        let isTaken = state.withLock { state in
            note(judge, lane, in: &state)
            guard bytes <= state.room else { return false }
            state.room -= bytes
            return true
        }
        guard isTaken else { return false }
        queues[lane].async {
            let budget = SearchBudget(limit: Self.limits[lane], clocks: self.clocks)
            let outcome = judge.outcome(within: budget)
            self.state.withLock { state in
                state.room += bytes
                if !budget.wasExceeded { self.note(judge, Self.lane(for: budget.used), in: &state) }
            }
            let isLast = lane == Self.limits.count - 1
            guard budget.wasExceeded, !isLast, self.take(judge, lane + 1, completion) else {
                return completion(outcome)
            }
        }
        return true
    }

    private func note(_ judge: Judge, _ lane: Int, in state: inout State) {
        // A reload leaves expectations behind that nobody has; it takes many to matter.
        if state.lanes.count >= 10_000 { state.lanes.removeAll() }
        state.lanes[judge.expectation.patterns] = lane == 0 ? nil : lane
    }

    /// The first lane in which a search that computed for `used` ns comes to its end.
    private static func lane(for used: UInt64) -> Int {
        limits.firstIndex { used < $0 } ?? limits.count - 1
    }
}
