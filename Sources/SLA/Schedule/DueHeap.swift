/// Which of many is due first: a binary heap in which each index stands once and can be moved.
///
/// Every operation is logarithmic in the number of indices.
struct DueHeap: Sendable {
    struct Item: Sendable {
        let index: Int
        var due: MonotonicInstant
    }

    private var items: [Item] = []
    /// Where in `items` each index stands.
    private var places: [Int: Int] = [:]

    /// The one that is due first; between equals, the one with the smaller index.
    var first: Item? { items.first }

    /// Makes `index` due at `due`, whether or not it stands in the heap already.
    mutating func set(_ index: Int, due: MonotonicInstant) {
        if let place = places[index] {
            items[place].due = due
            siftDown(siftUp(place))
        } else {
            places[index] = items.count
            items.append(Item(index: index, due: due))
            siftUp(items.count - 1)
        }
    }

    private func isBefore(_ a: Int, _ b: Int) -> Bool {
        (items[a].due, items[a].index) < (items[b].due, items[b].index)
    }

    private mutating func swap(_ a: Int, _ b: Int) {
        items.swapAt(a, b)
        places[items[a].index] = a
        places[items[b].index] = b
    }

    @discardableResult
    private mutating func siftUp(_ place: Int) -> Int {
        var place = place
        while place > 0, isBefore(place, (place - 1) / 2) {
            swap(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
        return place
    }

    private mutating func siftDown(_ place: Int) {
        var place = place
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < items.count && isBefore(child, least) {
                least = child
            }
            if least == place { return }
            swap(place, least)
            place = least
        }
    }
}
