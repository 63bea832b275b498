import SLA

/// How much of the time the engine was there: it stands still where the whole process is stopped, or where the machine
/// has no time for it. What a peer did meanwhile was not noticed, and is not its fault. Pure: it is told the time.
struct LatenessMeter {
    /// The least that counts as a standstill of which probes are told, in ms. For less, the time that was lost is
    /// added to what they have.
    static let standstill: Milliseconds = 500

    /// The least by which a turn is late, or stood still, for that to count, in ns. Less is what a busy machine takes
    /// many times a second, and what the turns themselves compute: a peer is heard a moment later for it, and not
    /// the sum of all moments.
    static let pause: UInt64 = 20_000_000

    /// All the time by which turns came late, or stood still, in ns.
    private(set) var lost: UInt64 = 0
    /// When it looked last: everything before that is accounted for.
    private(set) var last: MonotonicInstant

    init(_ now: MonotonicInstant) {
        last = now
    }

    /// A turn begins at `now`, that was to begin at `due` at the latest; nil where nothing was due.
    ///
    /// - Returns: by how much it is late, in ms.
    mutating func beginTurn(at now: MonotonicInstant, due: MonotonicInstant?) -> Milliseconds {
        defer { last = max(last, now) }
        guard let due else { return 0 }
        let late = now.nanoseconds(since: max(due, last))
        guard late >= Self.pause else { return 0 }
        lost += late
        return Milliseconds(late / 1_000_000)
    }

    /// The turn that began last has come to `now`. The process may have been stopped in the middle of it: what it
    /// did not compute, it was away. What it did compute is no excuse, or a peer that keeps it busy had no end.
    ///
    /// - Parameter computed: how long the turn's thread computed since it looked last, in ns.
    /// - Returns: how long it stood still, in ms.
    mutating func recheck(at now: MonotonicInstant, computed: UInt64) -> Milliseconds {
        let taken = now.nanoseconds(since: last)
        let away = taken - min(taken, computed)
        guard away >= Self.pause else { return 0 }
        last = now
        lost += away
        return Milliseconds(away / 1_000_000)
    }

    /// Whether a probe that may take `timeout` ms and lived through a standstill of `longest` ms can blame nobody
    /// else for how it ended: a peer may have given up what it waited for.
    static func isInconclusive(_ longest: Milliseconds, timeout: Milliseconds) -> Bool {
        longest >= min(1000, max(standstill, timeout / 4))
    }
}
