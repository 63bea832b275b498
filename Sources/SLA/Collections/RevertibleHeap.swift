/// A ``KeyedHeap`` whose changes since the last ``commit()`` can be undone; it remembers what it touches.
struct RevertibleHeap<Key: Hashable & Sendable, Priority: Comparable & Sendable>: Sendable {
    private var heap = KeyedHeap<Key, Priority>()
    private var before: [Key: Priority?] = [:]

    /// The one that comes first.
    var first: KeyedHeap<Key, Priority>.Item? { heap.first }

    /// Puts `key` where `priority` says.
    mutating func set(_ key: Key, to priority: Priority) {
        remember(key)
        heap.set(key, to: priority)
    }

    /// Takes `key` out, where it stands in the heap.
    mutating func remove(_ key: Key) {
        remember(key)
        heap.remove(key)
    }

    /// Takes out every key that stands before `end` or at it, in no order.
    mutating func takeAll(through end: Priority) -> [Key] {
        var keys: [Key] = []
        while let first, first.priority <= end {
            remove(first.key)
            keys.append(first.key)
        }
        return keys
    }

    /// What has changed stays.
    mutating func commit() {
        if !before.isEmpty { before.removeAll(keepingCapacity: before.count < 1000) }
    }

    /// Everything stands where it stood at the last commit.
    mutating func revert() {
        for (key, priority) in before {
            if let priority { heap.set(key, to: priority) } else { heap.remove(key) }
        }
        commit()
    }

    private mutating func remember(_ key: Key) {
        if before.index(forKey: key) == nil { before.updateValue(heap.priority(of: key), forKey: key) }
    }
}

extension RevertibleHeap: Equatable {
    /// Whether they hold the same now, whatever they may go back to.
    static func == (a: RevertibleHeap, b: RevertibleHeap) -> Bool { a.heap == b.heap }
}
