import Dispatch
import SLA
import Synchronization

/// Where verdicts with regular expressions are come to: on two threads, whatever there is to search.
///
/// Everything begins in the quick lane, and what takes long there goes on in the other one. An expectation that
/// did so before does not try again until a search for it has come to its end: so expressions that take ages hold
/// each other up, and nobody else.
final class SearchLanes: Sendable {
    // Of the default quality of service: see SerialQueue.
    private let quick = DispatchQueue(label: "availd.searches", qos: .default)
    private let long = DispatchQueue(label: "availd.searches.long", qos: .default)
    private let clocks: Patience.Clocks
    private let state: Mutex<State>

    private struct State {
        // Bytes of bodies that may still wait for the long lane.
        var room: Int
        // The expressions of those expectations that take long.
        var slow: Set<[String]> = []
    }

    /// What a search may compute in each lane, in ns: a page of 1 MB takes some 50 ms, and 2 s is for ever.
    static let quickLimit: UInt64 = 200_000_000
    static let longLimit: UInt64 = 2_000_000_000

    /// Lanes in which bodies of `room` bytes may wait for the long one; more than that is given up at once.
    init(room: Int, clocks: Patience.Clocks = Patience.Clocks()) {
        self.clocks = clocks
        state = Mutex(State(room: room))
    }

    /// Comes to `judge`'s verdict and hands it to `completion`, on a lane's thread.
    func judge(_ judge: Judge, completion: @escaping @Sendable (ProbeVerdict) -> Void) {
        quick.async {
            let isSlow = self.state.withLock { $0.slow.contains(judge.expectation.patterns) }
            // Without any patience it still finds out what needs no search.
            let patience = Patience(limit: isSlow ? 0 : Self.quickLimit, clocks: self.clocks)
            let verdict = judge.verdict(within: patience)
            if !patience.isLost || !self.takeLong(judge, completion) { completion(verdict) }
        }
    }

    /// Whether there was room to wait for the long lane.
    private func takeLong(_ judge: Judge, _ completion: @escaping @Sendable (ProbeVerdict) -> Void) -> Bool {
        let bytes = judge.outcome.body.count
        let isTaken = state.withLock { state in
            // A reload leaves expectations behind that nobody has; it takes many to matter.
            if state.slow.count >= 10_000 { state.slow.removeAll() }
            state.slow.insert(judge.expectation.patterns)
            guard bytes <= state.room else { return false }
            state.room -= bytes
            return true
        }
        guard isTaken else { return false }
        long.async {
            let patience = Patience(limit: Self.longLimit, clocks: self.clocks)
            let verdict = judge.verdict(within: patience)
            self.state.withLock { state in
                state.room += bytes
                if !patience.isLost { state.slow.remove(judge.expectation.patterns) }
            }
            completion(verdict)
        }
        return true
    }
}
