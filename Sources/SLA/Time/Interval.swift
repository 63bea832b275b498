/// The time from `start` up to, and not with, `end`: half-open, never empty, never reversed (semantics §1).
public struct Interval: Hashable, Sendable {
    /// The first instant inside.
    public let start: Instant

    /// The first instant outside.
    public let end: Instant

    /// `[start, end)`, or nil where that holds no instant.
    @inlinable
    public init?(_ start: Instant, _ end: Instant) {
        guard start < end else { return nil }
        self.start = start
        self.end = end
    }

    /// `[start, end)`; the caller has already shown that `start < end`.
    @inlinable
    init(unchecked start: Instant, _ end: Instant) {
        assert(start < end, "an interval holds at least one instant")
        self.start = start
        self.end = end
    }

    /// All time.
    public static let always = Interval(unchecked: .distantPast, .distantFuture)

    /// Its length, at least 1 ms.
    @inlinable
    public var length: Milliseconds { end - start }

    /// Whether `instant` lies inside.
    @inlinable
    public func contains(_ instant: Instant) -> Bool {
        start <= instant && instant < end
    }

    /// What both hold, or nil where they only touch or lie apart.
    @inlinable
    public func intersection(_ other: Interval) -> Interval? {
        Interval(max(start, other.start), min(end, other.end))
    }

    /// From the earlier beginning to the later end of both.
    public func spanning(_ other: Interval) -> Interval {
        Interval(unchecked: min(start, other.start), max(end, other.end))
    }

    /// The millisecond that begins at `instant`.
    public static func millisecond(of instant: Instant) -> Interval { Interval(unchecked: instant, instant + 1) }
}
