import SLA

/// How much of the time the engine was there: it stands still where the whole process is stopped, where the machine
/// has no time for it, or where a turn takes long. What a peer did meanwhile went unheard, and is not its fault.
/// Pure: it is told the time.
struct Attention {
    /// The least that counts as a standstill of which probes are told, in ms. For less, the time that was lost is
    /// added to what they have.
    static let standstill: Milliseconds = 500

    /// The least that a turn takes for its length to count as lost, in ms: what comes meanwhile waits for its end.
    private static let longTurn: Milliseconds = 20

    /// All the time by which turns came late, or took long, in ns.
    private(set) var lost: UInt64 = 0
    /// When it looked last: everything before that is accounted for.
    private(set) var last: MonotonicInstant

    init(_ now: MonotonicInstant) {
        last = now
    }

    /// A turn begins at `now`, that was to begin at `due` at the latest; nil where nothing was due.
    ///
    /// - Returns: by how much it is late, in ms.
    mutating func look(_ now: MonotonicInstant, due: MonotonicInstant?) -> Milliseconds {
        defer { last = max(last, now) }
        guard let due else { return 0 }
        let late = now.nanoseconds(since: max(due, last))
        lost += late
        return Milliseconds(late / 1_000_000)
    }

    /// The turn that began with the last look ends at `now`. The process may have been stopped in the middle of it.
    ///
    /// - Returns: what was lost to others by its length, in ms.
    mutating func lookBack(_ now: MonotonicInstant) -> Milliseconds {
        guard now - last >= Self.longTurn else { return 0 }
        return look(now, due: last)
    }

    /// Whether a probe that may take `timeout` ms and lived through a standstill of `longest` ms can blame nobody
    /// else for how it ended: a peer may have given up what it waited for.
    static func decidesNothing(_ longest: Milliseconds, timeout: Milliseconds) -> Bool {
        longest >= min(1000, max(standstill, timeout / 4))
    }
}
