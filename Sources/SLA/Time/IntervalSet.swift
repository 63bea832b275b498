/// A set of instants, kept as the fewest intervals that hold exactly them.
///
/// Canonical from construction: sorted, disjoint, and merged where two touch, so that equal sets are equal
/// values and each of ``intervals`` is maximal. Every operation is linear in the number of intervals.
public struct IntervalSet: Hashable, Sendable {
    /// The maximal intervals, in order.
    public private(set) var intervals: [Interval]

    /// The set without instants.
    public static let empty = IntervalSet()

    /// The set without instants.
    public init() {
        intervals = []
    }

    /// The set of exactly the instants of `interval`.
    public init(_ interval: Interval?) {
        intervals = interval.map { [$0] } ?? []
    }

    /// The set of the instants that lie in any of `intervals`, given in any order.
    public init(_ intervals: some Sequence<Interval>) {
        self.init()
        for interval in intervals.sorted(by: { $0.start < $1.start }) {
            append(interval)
        }
    }

    /// Adds `interval`, which begins no earlier than any interval already held.
    ///
    /// Amortised constant time: this is what a stream of samples calls.
    @inlinable
    public mutating func append(_ interval: Interval) {
        if let last = intervals.last, interval.start <= last.end {
            assert(last.start <= interval.start, "appended out of order")
            if interval.end > last.end {
                extendLast(to: interval.end)
            }
        } else {
            appendDisjoint(interval)
        }
    }

    @usableFromInline
    mutating func extendLast(to end: Instant) {
        let last = intervals.count - 1
        intervals[last] = Interval(unchecked: intervals[last].start, end)
    }

    @usableFromInline
    mutating func appendDisjoint(_ interval: Interval) {
        intervals.append(interval)
    }

    /// Whether it holds no instant.
    public var isEmpty: Bool { intervals.isEmpty }

    /// The sum of its lengths.
    public var length: Milliseconds {
        intervals.reduce(0) { $0 + $1.length }
    }

    /// The sum of the lengths of what lies at `instant` or after; linear in the intervals there.
    func length(from instant: Instant) -> Milliseconds {
        intervals[firstInterval(endingAfter: instant)...].reduce(0) { $0 + ($1.end - max($1.start, instant)) }
    }

    /// Removes what lies at `instant` or after.
    mutating func cut(from instant: Instant) {
        intervals.removeLast(intervals.count - intervals.partitionPoint { $0.start >= instant })
        if let last = intervals.last, last.end > instant {
            intervals[intervals.count - 1] = Interval(unchecked: last.start, instant)
        }
    }

    /// Removes the intervals that end at `instant` or before.
    mutating func forget(before instant: Instant) {
        let kept = firstInterval(endingAfter: instant)
        if kept > 0 { intervals.removeFirst(kept) }
    }

    /// Removes the intervals that end at `instant` or before, and returns them.
    mutating func take(before instant: Instant) -> IntervalSet {
        let kept = firstInterval(endingAfter: instant)
        guard kept > 0 else { return .empty }
        var taken = IntervalSet()
        taken.intervals = Array(intervals[..<kept])
        intervals.removeFirst(kept)
        return taken
    }

    /// Adds the intervals of `other`, none of which begins earlier than any held.
    mutating func append(_ other: IntervalSet) {
        for interval in other.intervals { append(interval) }
    }

    /// The end of the last interval that ends at `instant` or before. Logarithmic time.
    func end(before instant: Instant) -> Instant? {
        let next = firstInterval(endingAfter: instant)
        return next == 0 ? nil : intervals[next - 1].end
    }

    /// The start of the first interval that begins after `instant`. Logarithmic time.
    func start(after instant: Instant) -> Instant? {
        let next = intervals.partitionPoint { $0.start > instant }
        return next == intervals.count ? nil : intervals[next].start
    }

    /// The first instant of the set at `instant` or later. Logarithmic time.
    func first(from instant: Instant) -> Instant? {
        let next = firstInterval(endingAfter: instant)
        return next == intervals.count ? nil : max(intervals[next].start, instant)
    }

    /// The first instant after `instant` at which an interval begins or ends. Logarithmic time.
    func edge(after instant: Instant) -> Instant? {
        let next = firstInterval(endingAfter: instant)
        guard next < intervals.count else { return nil }
        return intervals[next].start > instant ? intervals[next].start : intervals[next].end
    }

    /// What the last interval that reaches into `stretch` has of it. Logarithmic time.
    func last(in stretch: Interval) -> Interval? {
        let next = intervals.partitionPoint { $0.start >= stretch.end }
        return next == 0 ? nil : intervals[next - 1].intersection(stretch)
    }

    /// Whether `instant` is in the set. Logarithmic time.
    public func contains(_ instant: Instant) -> Bool {
        interval(holding: instant) != nil
    }

    /// The maximal interval that holds `instant`, if one does. Logarithmic time.
    public func interval(holding instant: Instant) -> Interval? {
        let index = firstInterval(endingAfter: instant)
        guard index < intervals.count, intervals[index].contains(instant) else { return nil }
        return intervals[index]
    }

    /// The index of the first interval that ends after `instant`, or the count where none does.
    private func firstInterval(endingAfter instant: Instant) -> Int {
        intervals.partitionPoint { $0.end > instant }
    }

    /// The instants in either set.
    public func union(_ other: IntervalSet) -> IntervalSet {
        if isEmpty { return other }
        if other.isEmpty { return self }
        var result = IntervalSet()
        result.intervals.reserveCapacity(intervals.count + other.intervals.count)
        var i = 0
        var j = 0
        while i < intervals.count || j < other.intervals.count {
            let takesOurs =
                j == other.intervals.count
                || (i < intervals.count && intervals[i].start <= other.intervals[j].start)
            if takesOurs {
                result.append(intervals[i])
                i += 1
            } else {
                result.append(other.intervals[j])
                j += 1
            }
        }
        return result
    }

    /// The instants in both sets.
    public func intersection(_ other: IntervalSet) -> IntervalSet {
        var result = IntervalSet()
        var i = 0
        var j = 0
        while i < intervals.count, j < other.intervals.count {
            if let common = intervals[i].intersection(other.intervals[j]) {
                result.append(common)
            }
            if intervals[i].end < other.intervals[j].end { i += 1 } else { j += 1 }
        }
        return result
    }

    /// The instants of this set that are not in `other`.
    public func subtracting(_ other: IntervalSet) -> IntervalSet {
        var result = IntervalSet()
        var j = 0
        for interval in intervals {
            var start = interval.start
            while j < other.intervals.count, other.intervals[j].end <= start { j += 1 }
            var k = j
            while k < other.intervals.count, other.intervals[k].start < interval.end {
                if let piece = Interval(start, other.intervals[k].start) { result.append(piece) }
                start = max(start, other.intervals[k].end)
                k += 1
            }
            if let piece = Interval(start, interval.end) { result.append(piece) }
        }
        return result
    }

    /// The instants of this set that lie in `interval`.
    public func intersection(_ interval: Interval) -> IntervalSet {
        intersection(IntervalSet(interval))
    }
}
