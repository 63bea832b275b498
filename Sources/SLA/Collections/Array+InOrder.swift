extension Array {
    /// The items by `key`; those of one key stay in their order.
    func inOrder(of key: (Element) -> some Comparable) -> [Element] {
        enumerated().sorted { a, b in
            let (first, second) = (key(a.element), key(b.element))
            return first < second || (first == second && a.offset < b.offset)
        }.map(\.element)
    }
}
