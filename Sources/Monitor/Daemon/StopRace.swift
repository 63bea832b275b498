import Dispatch
import SLA
import Synchronization

/// The end of a daemon: when its work is done, or when its time is up, whichever comes first.
final class StopRace: Sendable {
    private struct State {
        var winner: CheckedContinuation<DaemonOutcome, Never>?
        var isRecorded = false
    }

    private let state = Mutex(State())

    /// The ledger has the last samples.
    func noteRecorded() { state.withLock { $0.isRecorded = true } }

    /// What `work` comes to; ``DaemonOutcome/cutShort(isRecorded:)`` where it is not done within `limit` ms, after
    /// `late`.
    func outcome(
        within limit: Milliseconds, late: @escaping @Sendable () -> Void,
        of work: @escaping @Sendable () async -> DaemonOutcome
    ) async -> DaemonOutcome {
        await withCheckedContinuation { continuation in
            state.withLock { $0.winner = continuation }
            // On no queue of the daemon's: any of them may be what is held up.
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Int(limit))) { [self] in
                guard let (winner, isRecorded) = take() else { return }
                late()
                winner.resume(returning: .cutShort(isRecorded: isRecorded))
            }
            Task {
                let outcome = await work()
                take()?.winner.resume(returning: outcome)
            }
        }
    }

    /// The one that waits, once.
    private func take() -> (winner: CheckedContinuation<DaemonOutcome, Never>, isRecorded: Bool)? {
        state.withLock { state in
            guard let winner = state.winner else { return nil }
            state.winner = nil
            return (winner, state.isRecorded)
        }
    }
}
