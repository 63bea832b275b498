import SLA
import Synchronization

/// Tells the service manager that the daemon is alive, as often as it wants to know: not because time has passed, but
/// because a turn of recording has ended, and probing is not behind what was due.
final class Watchdog: Sendable {
    private let interval: Milliseconds?
    private let alive: @Sendable () -> Void
    private let state = Mutex(State())

    private struct State {
        var lastSign: MonotonicInstant?
        /// When the scheduler is to take its next turn; nil where it has none.
        var nextProbe: MonotonicInstant?
    }

    /// - Parameters:
    ///   - interval: how often a sign is wanted, in ms; nil for never.
    ///   - alive: gives one.
    init(every interval: Milliseconds?, alive: @escaping @Sendable () -> Void) {
        self.interval = interval
        self.alive = alive
    }

    /// Probing has done what was due, and goes on at `next`; nil where nothing will be due.
    func probed(until next: MonotonicInstant?) {
        state.withLock { $0.nextProbe = next }
    }

    /// A turn of recording has ended, or a part of a long one, at `now`.
    func recorded(_ now: Now) {
        guard let interval else { return }
        let isDue = state.withLock { state in
            if let last = state.lastSign, now.monotonic - last < interval { return false }
            // A scheduler that is stuck makes no progress, however well nothing is recorded.
            if let next = state.nextProbe, now.monotonic - next > interval { return false }
            state.lastSign = now.monotonic
            return true
        }
        if isDue { alive() }
    }
}
