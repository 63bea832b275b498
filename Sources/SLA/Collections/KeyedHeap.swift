import HeapModule

/// Which of many comes first: a heap in which each key stands once, and can be moved and taken out.
///
/// Every operation is logarithmic in the number of keys, on average. Between equal priorities the order is not defined.
///
/// It is swift-collections' heap. Where a key stood before it was moved or taken out an entry stays behind, which is
/// passed over when it comes first; there are never many more of those than of keys.
package struct KeyedHeap<Key: Hashable & Sendable, Priority: Comparable & Sendable>: Sendable {
    /// A key and where it stands: the smallest priority comes first.
    package struct Item: Sendable, Comparable {
        package let key: Key
        package let priority: Priority

        package static func < (a: Item, b: Item) -> Bool { a.priority < b.priority }
        package static func == (a: Item, b: Item) -> Bool { a.priority == b.priority }
    }

    /// Where each key stands.
    private var priorities: [Key: Priority] = [:]
    /// All of those, and entries that stayed behind; the first is none of them.
    private var items = Heap<Item>()

    /// A heap of nothing.
    package init() {}

    /// The one that comes first.
    package var first: Item? { items.min }

    /// How many keys there are.
    package var count: Int { priorities.count }

    /// How many entries it holds for them.
    var held: Int { items.count }

    /// Where `key` stands; nil where it is not in the heap.
    package func priority(of key: Key) -> Priority? { priorities[key] }

    /// Puts `key` where `priority` says, whether or not it stands in the heap already.
    package mutating func set(_ key: Key, to priority: Priority) {
        guard priorities.updateValue(priority, forKey: key) != priority else { return }
        items.insert(Item(key: key, priority: priority))
        passOver()
    }

    /// Takes `key` out, where it stands in the heap.
    package mutating func remove(_ key: Key) {
        if priorities.removeValue(forKey: key) != nil { passOver() }
    }

    /// Drops what has stayed behind: all of it where it is the greater part, else what would come first.
    private mutating func passOver() {
        if items.count > 2 * priorities.count + 64 {
            items = Heap(priorities.map { Item(key: $0, priority: $1) })
        }
        while let first = items.min, priorities[first.key] != first.priority { items.removeMin() }
    }
}

extension KeyedHeap: Equatable {
    /// Whether the same keys have the same priorities, in whatever order they were put there.
    package static func == (a: KeyedHeap, b: KeyedHeap) -> Bool { a.priorities == b.priorities }
}
