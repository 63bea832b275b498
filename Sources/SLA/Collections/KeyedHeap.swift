/// Which of many comes first: a binary heap in which each key stands once, and can be moved and taken out.
///
/// Every operation is logarithmic in the number of keys. Between equal priorities the order is not defined.
package struct KeyedHeap<Key: Hashable & Sendable, Priority: Comparable & Sendable>: Sendable {
    /// A key and where it stands: the smallest priority comes first.
    package struct Item: Sendable {
        package let key: Key
        package fileprivate(set) var priority: Priority
    }

    private var items: [Item] = []
    /// Where in `items` each key stands.
    private var places: [Key: Int] = [:]

    /// A heap of nothing.
    package init() {}

    /// The one that comes first.
    package var first: Item? { items.first }

    /// How many keys there are.
    package var count: Int { items.count }

    /// Where `key` stands; nil where it is not in the heap.
    package func priority(of key: Key) -> Priority? { places[key].map { items[$0].priority } }

    /// Puts `key` where `priority` says, whether or not it stands in the heap already.
    package mutating func set(_ key: Key, to priority: Priority) {
        if let place = places[key] {
            items[place].priority = priority
            siftDown(siftUp(place))
        } else {
            places[key] = items.count
            items.append(Item(key: key, priority: priority))
            siftUp(items.count - 1)
        }
    }

    /// Takes `key` out, where it stands in the heap.
    package mutating func remove(_ key: Key) {
        guard let place = places.removeValue(forKey: key) else { return }
        let last = items.removeLast()
        guard place < items.count else { return }
        items[place] = last
        places[last.key] = place
        siftDown(siftUp(place))
    }

    private mutating func swap(_ a: Int, _ b: Int) {
        items.swapAt(a, b)
        places[items[a].key] = a
        places[items[b].key] = b
    }

    @discardableResult
    private mutating func siftUp(_ place: Int) -> Int {
        var place = place
        while place > 0, items[place].priority < items[(place - 1) / 2].priority {
            swap(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
        return place
    }

    private mutating func siftDown(_ place: Int) {
        var place = place
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < items.count && items[child].priority < items[least].priority {
                least = child
            }
            if least == place { return }
            swap(place, least)
            place = least
        }
    }
}

extension KeyedHeap: Equatable {
    /// Whether the same keys have the same priorities, in whatever order they were put there.
    package static func == (a: KeyedHeap, b: KeyedHeap) -> Bool {
        a.count == b.count && a.items.allSatisfy { b.priority(of: $0.key) == $0.priority }
    }
}
