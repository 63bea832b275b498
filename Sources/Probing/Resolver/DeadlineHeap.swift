import SLA

/// Deadlines, the nearest first. One that no longer matters stays in until it comes up, and is ignored then.
struct DeadlineHeap {
    private var entries: [(at: MonotonicInstant, id: UInt64)] = []

    var nearest: MonotonicInstant? { entries.first?.at }

    mutating func insert(_ id: UInt64, at: MonotonicInstant) {
        entries.append((at, id))
        var child = entries.count - 1
        while child > 0, entries[child].at < entries[(child - 1) / 2].at {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the nearest one out where it lies at or before `now`.
    mutating func popDue(_ now: MonotonicInstant) -> UInt64? {
        guard let first = entries.first, first.at <= now else { return nil }
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var parent = 0
        while true {
            let (left, right) = (2 * parent + 1, 2 * parent + 2)
            var least = parent
            if left < entries.count, entries[left].at < entries[least].at { least = left }
            if right < entries.count, entries[right].at < entries[least].at { least = right }
            if least == parent { return first.id }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
