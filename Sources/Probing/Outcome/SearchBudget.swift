import Platform

/// How long the searches of one answer may take together, by the time that their thread computes.
///
/// A machine that is busy otherwise makes a search late but not slow. The thread's own time is a system call to
/// read, and a search asks a million times for a page of 1 MB; so it is read only once a ms of the time that
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
    /// The clock that passes, as read last.
    private(set) var passed: UInt64
    /// What was computed since the beginning, as read last: at most a ms of ``passed`` ago.
    private(set) var used: UInt64 = 0
    /// Whether a search was given up for its time.
    private(set) var wasExceeded = false

    private static let interval: UInt64 = 1_000_000

    /// For `limit` ns from now.
    init(limit: UInt64, clocks: Clocks = Clocks()) {
        self.limit = limit
        self.clocks = clocks
        begun = clocks.computed()
        passed = clocks.passed()
        lastRead = passed
    }

    /// Reads the clocks; returns whether it is over.
    func isExhausted() -> Bool {
        passed = clocks.passed()
        if limit == 0 || passed - lastRead >= Self.interval { read() }
        return wasExceeded
    }

    /// Reads what was computed, whenever that was done last.
    func read() {
        lastRead = passed
        used = clocks.computed() - begun
        if used >= limit { giveUp() }
    }

    /// A search of its answer is given up: the others are, too.
    func giveUp() {
        wasExceeded = true
    }
}
