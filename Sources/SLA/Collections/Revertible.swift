/// A value whose changes since the last ``commit()`` can be undone: for what is small, or changes seldom, as it is
/// remembered whole.
struct Revertible<Value: Sendable>: Sendable {
    /// The value as it is now.
    private(set) var current: Value
    private var before: Value?

    /// `value`, committed.
    init(_ value: Value) {
        current = value
    }

    /// Changes the value in place.
    mutating func update<Result>(_ body: (inout Value) -> Result) -> Result {
        if before == nil { before = .some(current) }
        return body(&current)
    }

    /// Puts `value` in its place.
    mutating func set(_ value: Value) { update { $0 = value } }

    /// What has changed stays.
    mutating func commit() { before = nil }

    /// The value is what it was at the last commit.
    mutating func revert() {
        if let before { current = before }
        before = nil
    }
}

extension Revertible: Equatable where Value: Equatable {
    /// Whether they hold the same now, whatever they may go back to.
    static func == (a: Revertible, b: Revertible) -> Bool { a.current == b.current }
}
