/// A dictionary whose changes since the last ``commit()`` can be undone.
///
/// It remembers what was there before of the keys that were touched, and of no other: a turn that changes ten of a
/// hundred thousand entries costs ten.
struct RevertibleDictionary<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// The entries as they are now.
    private(set) var current: [Key: Value]
    /// The entries of touched keys as they were; nil where there was none.
    private var before: [Key: Value?] = [:]

    /// `entries`, committed.
    init(_ entries: [Key: Value] = [:]) {
        current = entries
    }

    /// The entry of `key`. To change one in place, use ``update(_:_:)``: this copies it.
    subscript(key: Key) -> Value? {
        get { current[key] }
        set {
            remember(key)
            current[key] = newValue
        }
    }

    /// Changes the entry of `key` in place; nil where there is none.
    mutating func update<Result, Failure: Error>(
        _ key: Key, _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard let place = current.index(forKey: key) else { return nil }
        remember(key)
        return try body(&current.values[place])
    }

    /// What has changed stays.
    mutating func commit() {
        if !before.isEmpty { before.removeAll(keepingCapacity: before.count < 1000) }
    }

    /// Everything is as it was at the last commit.
    mutating func revert() {
        for (key, entry) in before { current[key] = entry }
        commit()
    }

    private mutating func remember(_ key: Key) {
        if before.index(forKey: key) == nil { before.updateValue(current[key], forKey: key) }
    }
}

extension RevertibleDictionary: Equatable where Value: Equatable {
    /// Whether they hold the same now, whatever they may go back to.
    static func == (a: RevertibleDictionary, b: RevertibleDictionary) -> Bool { a.current == b.current }
}
