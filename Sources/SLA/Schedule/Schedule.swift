/// When each check is next due.
///
/// A check's due instants are those of the wall clock that lie a fixed phase behind the multiples of its
/// interval; the phase is a hash of its name, so that probes spread evenly, and neither a reload nor a restart
/// moves anybody. Waiting is by the monotonic clock: a wall clock that steps shifts the next probe by less than
/// an interval and never stops it.
///
/// What is due within the same slot is taken together, when the slot ends: many probes that begin in one turn cost
/// half of what they cost one by one. No slot takes more than a few times what it has on average: what a standstill
/// has left overdue would otherwise fall upon everybody in one moment.
public struct Schedule: Sendable {
    /// A probe whose time has come.
    public struct Due: Hashable, Sendable {
        /// The check to probe.
        public let check: CheckID
        /// When the first of them was due.
        public let at: Instant
        /// How many later due instants have passed unused as well: 0 unless we are more than an interval late.
        public let missed: Int
    }

    private struct Entry: Sendable {
        let check: CheckID
        let interval: Milliseconds
        let phase: Milliseconds
        var due: MonotonicInstant
    }

    /// Who is due first; between equals, who comes first in the schedule.
    private struct Turn: Comparable {
        let due: MonotonicInstant
        let index: Int

        static func < (a: Turn, b: Turn) -> Bool { (a.due, a.index) < (b.due, b.index) }
    }

    /// The longest slot, in ms.
    static let longestSlot: Milliseconds = 20

    private var entries: [Entry] = []
    private var positions: [CheckID: Int] = [:]
    private var heap = KeyedHeap<Int, Turn>()
    /// How long a slot is, in ms: never more than a small part of the shortest interval.
    private var slot = Self.longestSlot
    /// How many are taken in one slot at the most.
    private var maximumPerSlot = 0
    /// When the next may be taken, where the last slot had more than its share.
    private var notBefore: MonotonicInstant?

    /// How much more than the average a slot may have, and what it may have at the least.
    private static let burstFactor = 4
    private static let minimumPerSlot = 20

    /// A schedule of nothing.
    public init() {}

    /// A schedule of `checks`, each with its interval in ms.
    ///
    /// Checks that `previous` has with the same interval keep their next due instant, a quick retry included.
    public init(_ checks: [(check: CheckID, interval: Milliseconds)], continuing previous: Schedule, now: Now) {
        for (check, interval) in checks {
            var entry = Entry(
                check: check, interval: interval, phase: Self.phase(of: check, interval: interval), due: now.monotonic)
            let known = previous.positions[check].map { previous.entries[$0] }
            if let known, known.interval == interval {
                entry.due = known.due
            } else {
                entry.due = Self.nextDue(entry, after: now)
            }
            positions[check] = entries.count
            heap.set(entries.count, to: Turn(due: entry.due, index: entries.count))
            entries.append(entry)
            slot = max(1, min(slot, interval / 8))
        }
        // In thousandths, so that many rare ones add up.
        let average = entries.reduce(0) { $0 + 1000 * slot / $1.interval } / 1000
        maximumPerSlot = max(Self.minimumPerSlot, Self.burstFactor * Int(average + 1))
    }

    /// When something is next due; nil for a schedule of nothing.
    public var nextDue: MonotonicInstant? { heap.first?.priority.due }

    /// The end of the slot in which something is next due: when ``takeDue(now:)`` is to be called; nil for a schedule
    /// of nothing.
    public var nextTurn: MonotonicInstant? {
        nextDue.map { first in
            let due = max(first, notBefore ?? first)
            let length = UInt64(slot) * 1_000_000
            return MonotonicInstant(nanoseconds: (due.nanoseconds + length - 1) / length * length)
        }
    }

    /// Takes what is due at `now`, in order, as much as a slot may have, and sets for each the next due instant.
    public mutating func takeDue(now: Now) -> [Due] {
        var taken: [Due] = []
        notBefore = nil
        while let first = heap.first, first.priority.due <= now.monotonic {
            guard taken.count < maximumPerSlot else {
                notBefore = now.monotonic + 1
                break
            }
            let entry = entries[first.key]
            let late = now.monotonic - entry.due
            taken.append(Due(check: entry.check, at: now.wall - late, missed: Int(late / entry.interval)))
            move(first.key, to: Self.nextDue(entry, after: now))
        }
        return taken
    }

    /// Makes `check` due again `delay` ms after `now`, unless it is due sooner anyway: the quick retry after a
    /// failure.
    public mutating func retry(_ check: CheckID, after delay: Milliseconds, now: Now) {
        guard let index = positions[check] else { return }
        let due = now.monotonic + delay
        if due < entries[index].due { move(index, to: due) }
    }

    private mutating func move(_ index: Int, to due: MonotonicInstant) {
        entries[index].due = due
        heap.set(index, to: Turn(due: due, index: index))
    }

    /// The first due instant after `now`, by the wall clock's grid, on the monotonic clock.
    private static func nextDue(_ entry: Entry, after now: Now) -> MonotonicInstant {
        let passed = (now.wall.milliseconds - entry.phase).quotientRoundedDown(by: entry.interval)
        let next = entry.phase + (passed + 1) * entry.interval
        return now.monotonic + (next - now.wall.milliseconds)
    }

    /// How far behind the multiples of `interval` the due instants of `check` lie, in ms.
    static func phase(of check: CheckID, interval: Milliseconds) -> Milliseconds {
        // FNV-1a, 64 bit, then one round of mixing: the standard library's hash changes with every process.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in check.description.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        hash ^= hash >> 33
        hash = hash &* 0xff51_afd7_ed55_8ccd
        hash ^= hash >> 33
        return Milliseconds(hash % UInt64(interval))
    }
}
