import Glibc
import SLA

/// The clocks of this machine. The core never reads them: it is told.
public enum SystemClock {
    /// Both clocks, read together.
    public static func now() -> Now {
        Now(
            wall: Instant(milliseconds: nanoseconds(CLOCK_REALTIME) / 1_000_000),
            monotonic: MonotonicInstant(nanoseconds: UInt64(nanoseconds(CLOCK_MONOTONIC))))
    }

    private static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
