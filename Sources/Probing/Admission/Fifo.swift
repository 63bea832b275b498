/// First in, first out, each in constant time on average.
struct Fifo<Element> {
    private var elements: [Element] = []
    private var head = 0

    var isEmpty: Bool { head == elements.count }

    var count: Int { elements.count - head }

    /// The one that is taken next; nil where there is none.
    var first: Element? { isEmpty ? nil : elements[head] }

    mutating func append(_ element: Element) {
        elements.append(element)
    }

    mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        let first = elements[head]
        head += 1
        // What was taken is dropped once it is more than half, so each element is moved at most twice.
        if head > 32, head * 2 > elements.count {
            elements.removeFirst(head)
            head = 0
        } else if head == elements.count {
            elements.removeAll(keepingCapacity: true)
            head = 0
        }
        return first
    }

    /// Takes out every one that `isUnwanted`; the others keep their order.
    mutating func removeAll(where isUnwanted: (Element) -> Bool) {
        elements = elements[head...].filter { !isUnwanted($0) }
        head = 0
    }
}
