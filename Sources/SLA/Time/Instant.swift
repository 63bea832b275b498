/// A length of time in milliseconds. Every calculation of the contract is on integers of this unit.
public typealias Milliseconds = Int64

/// A point in time: milliseconds since the Unix epoch, UTC, leap seconds not counted (semantics §1).
public struct Instant: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z; negative before it.
    public let milliseconds: Int64

    /// The instant `milliseconds` after the epoch.
    @inlinable
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Earlier than every instant a calculation meets, with room to add or subtract any duration.
    public static let distantPast = Instant(milliseconds: -(1 << 60))

    /// Later than every instant a calculation meets, with room to add or subtract any duration.
    public static let distantFuture = Instant(milliseconds: 1 << 60)

    /// Whether `a` comes before `b`.
    @inlinable
    public static func < (a: Instant, b: Instant) -> Bool {
        a.milliseconds < b.milliseconds
    }

    /// The instant `duration` ms after `instant`.
    @inlinable
    public static func + (instant: Instant, duration: Milliseconds) -> Instant {
        Instant(milliseconds: instant.milliseconds + duration)
    }

    /// The instant `duration` ms before `instant`.
    @inlinable
    public static func - (instant: Instant, duration: Milliseconds) -> Instant {
        Instant(milliseconds: instant.milliseconds - duration)
    }

    /// The milliseconds from `earlier` to `later`; negative where they stand the other way round.
    @inlinable
    public static func - (later: Instant, earlier: Instant) -> Milliseconds {
        later.milliseconds - earlier.milliseconds
    }
}

/// A reading of a clock that never steps: nanoseconds since an arbitrary start, meaningless outside this
/// process. A type of its own, so that it is never mixed up with an ``Instant``.
public struct MonotonicInstant: Hashable, Comparable, Sendable {
    /// Nanoseconds since the clock's own start.
    public let nanoseconds: UInt64

    /// The reading `nanoseconds`.
    public init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// Whether `a` comes before `b`.
    public static func < (a: MonotonicInstant, b: MonotonicInstant) -> Bool {
        a.nanoseconds < b.nanoseconds
    }

    /// The reading `duration` ms after `instant`; `duration` is not negative.
    public static func + (instant: MonotonicInstant, duration: Milliseconds) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: instant.nanoseconds + UInt64(duration) * 1_000_000)
    }

    /// The reading `duration` ns after this.
    public func later(byNanoseconds duration: UInt64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: nanoseconds + duration)
    }

    /// The whole milliseconds from `earlier` to `later`, cut; negative where they stand the other way round.
    public static func - (later: MonotonicInstant, earlier: MonotonicInstant) -> Milliseconds {
        (Int64(later.nanoseconds) - Int64(earlier.nanoseconds)) / 1_000_000
    }

    /// The nanoseconds from `earlier` to this; 0 where it is not earlier.
    public func nanoseconds(since earlier: MonotonicInstant) -> UInt64 {
        nanoseconds > earlier.nanoseconds ? nanoseconds - earlier.nanoseconds : 0
    }
}
