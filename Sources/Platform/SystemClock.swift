import CShims
import Glibc
import SLA

/// The clocks of this machine. The core never reads them: it is told.
public enum SystemClock {
    /// How far apart two readings are taken for one, in ms.
    private static let together: Milliseconds = 20
    /// How often it is tried.
    private static let tries = 10

    /// Both clocks, read together: where others have the processor between the two, once more.
    public static func now() -> Now {
        for _ in 1..<tries {
            let (before, wall, after) = (monotonic(), wall(), monotonic())
            if after - before <= together { return Now(wall: wall, monotonic: before) }
        }
        return Now(wall: wall(), monotonic: monotonic())
    }

    /// Wall time: what goes into the record.
    public static func wall() -> Instant {
        let time = read(CLOCK_REALTIME)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Time that never steps: what durations are measured by.
    public static func monotonic() -> MonotonicInstant {
        let time = read(CLOCK_MONOTONIC)
        return MonotonicInstant(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    /// Whether the kernel says that somebody keeps the wall clock right, as NTP does: it says so no more once the clock
    /// was set by hand, or nobody has looked after it for hours.
    public static func isSynchronised() -> Bool { availd_clock_is_synchronised() != 0 }

    /// What the calling thread has computed since it began, in ns: it stands still while others have the processor.
    public static func computedByThread() -> UInt64 {
        let time = read(CLOCK_THREAD_CPUTIME_ID)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        // It cannot fail: these clocks exist on every Linux.
        clock_gettime(clock, &time)
        return time
    }
}
