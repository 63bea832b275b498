import Dispatch
import SLA
import Synchronization

/// The end of a daemon: when its work is done, or when its time is up, whichever comes first.
final class StopRace: Sendable {
    private struct State {
        var isArmed = false
        var isLate = false
        var winner: CheckedContinuation<DaemonOutcome, Never>?
        var isRecorded = false
    }

    private let limit: Milliseconds
    private let late: @Sendable (_ isRecorded: Bool) -> Void
    private let state = Mutex(State())

    /// A race of `limit` ms; `late` is called where that is too little, with whether the ledger has the last samples.
    init(limit: Milliseconds, late: @escaping @Sendable (_ isRecorded: Bool) -> Void) {
        self.limit = limit
        self.late = late
    }

    /// The ledger has the last samples.
    func noteRecorded() { state.withLock { $0.isRecorded = true } }

    /// The time begins, where it has not begun yet. A signal's handler calls it: whatever holds the daemon up between
    /// the signal and its work counts.
    func arm() {
        let isFirst = state.withLock { state in
            defer { state.isArmed = true }
            return !state.isArmed
        }
        guard isFirst else { return }
        // On no queue of the daemon's: any of them may be what is held up.
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Int(limit))) { [self] in
            let (winner, isRecorded) = state.withLock { state in
                state.isLate = true
                defer { state.winner = nil }
                return (state.winner, state.isRecorded)
            }
            guard let winner else { return }
            late(isRecorded)
            winner.resume(returning: .cutShort(isRecorded: isRecorded))
        }
    }

    /// What `work` comes to; ``DaemonOutcome/cutShort(isRecorded:)`` where it is not done in time.
    func outcome(of work: @escaping @Sendable () async -> DaemonOutcome) async -> DaemonOutcome {
        arm()
        return await withCheckedContinuation { continuation in
            let isLate = state.withLock { state in
                if !state.isLate { state.winner = continuation }
                return state.isLate
            }
            if isLate {
                late(false)
                continuation.resume(returning: .cutShort(isRecorded: false))
                return
            }
            Task {
                let outcome = await work()
                take()?.resume(returning: outcome)
            }
        }
    }

    /// Whether the time is up.
    var isLate: Bool { state.withLock { $0.isLate } }

    /// The one that waits, once.
    private func take() -> CheckedContinuation<DaemonOutcome, Never>? {
        state.withLock { state in
            defer { state.winner = nil }
            return state.winner
        }
    }
}
