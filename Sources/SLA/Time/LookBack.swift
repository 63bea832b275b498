/// How far back is looked: a day, then each time as far again, until before everything that is known.
public struct LookBack {
    /// From when on is read.
    public private(set) var from: Instant
    private var step: Milliseconds = 86_400_000

    /// Looks back from `instant`.
    public init(from instant: Instant) { from = instant }

    /// From when on is to be read next; nil where nothing is known of what is earlier.
    ///
    /// - Parameter known: the beginnings of what is known; nil for nothing.
    public mutating func next(before known: [Instant?]) -> Instant? {
        guard let first = known.compactMap({ $0 }).min(), first < from else { return nil }
        from = max(from - step, first)
        step *= 2
        return from
    }
}
