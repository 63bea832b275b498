import SLA
import Synchronization

/// A clock that goes as the test says.
final class TestClock: Sendable {
    private let time: Mutex<Now>

    /// A clock that shows `wall`.
    init(_ wall: Instant) {
        time = Mutex(Now(wall: wall, monotonic: MonotonicInstant(nanoseconds: 1_000_000_000_000)))
    }

    var now: Now { time.withLock { $0 } }

    /// `length` ms pass.
    func pass(_ length: Milliseconds) {
        time.withLock { $0 = Now(wall: $0.wall + length, monotonic: $0.monotonic + length) }
    }

    /// Somebody sets the wall clock, by `step` ms.
    func step(_ step: Milliseconds) {
        time.withLock { $0 = Now(wall: $0.wall + step, monotonic: $0.monotonic) }
    }
}
