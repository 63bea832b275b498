import Patterns
import Platform

/// How long the searches of one answer may take together, by the time that their thread computes.
///
/// A machine that is busy otherwise makes a search late but not slow. The thread's own time is a system call to
/// read, and a search asks some thousand times for a page of 1 MB; so it is read only once a ms of the time that
/// passes, which is cheap to read and never slower.
///
/// It is used by the one thread that searches, from its beginning on.
final class SearchBudget {
    /// Clocks in ns, from any beginning.
    struct Clocks: Sendable {
        /// Time that passes.
        var passed: @Sendable () -> UInt64 = { SystemClock.monotonic().nanoseconds }
        /// Time that the calling thread computed; it advances no faster than the other.
        var computed: @Sendable () -> UInt64 = { SystemClock.computedByThread() }
    }

    private let limit: UInt64
    private let clocks: Clocks
    private let begun: UInt64
    private var lastRead: UInt64
    /// What was computed since the beginning, as read last: at most a ms ago.
    private(set) var used: UInt64 = 0
    /// Whether a search was given up for its time.
    private(set) var wasExceeded = false

    private static let interval: UInt64 = 1_000_000

    /// For `limit` ns from now.
    init(limit: UInt64, clocks: Clocks = Clocks()) {
        self.limit = limit
        self.clocks = clocks
        begun = clocks.computed()
        lastRead = clocks.passed()
    }

    /// Whether `pattern` matches anywhere in `text`; where that would take too long, the other searches are given up, too.
    func search(for pattern: Pattern, in text: String) -> Pattern.Finding {
        let finding = pattern.search(text, left: left)
        if finding == .outOfTime { wasExceeded = true }
        return finding
    }

    /// Reads the clocks; returns how much is left, in ns.
    func left() -> UInt64 {
        let passed = clocks.passed()
        if limit == 0 || passed - lastRead >= Self.interval {
            lastRead = passed
            used = clocks.computed() - begun
            if used >= limit { wasExceeded = true }
        }
        return wasExceeded ? 0 : limit - used
    }
}
