import SLA
import Synchronization

/// Lets a sign of life through as often as the service manager wants one, and no more.
final class WatchdogPace: Sendable {
    private let interval: Milliseconds?
    private let last = Mutex<MonotonicInstant?>(nil)

    init(_ manager: ServiceManager) {
        interval = manager.watchdogInterval
    }

    func sign(_ now: Now, _ manager: ServiceManager) {
        guard let interval else { return }
        let isDue = last.withLock { last in
            if let known = last, now.monotonic - known < interval { return false }
            last = now.monotonic
            return true
        }
        if isDue { manager.alive() }
    }
}
