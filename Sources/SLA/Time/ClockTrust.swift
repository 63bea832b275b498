/// Whether the wall clock is believed: what comes with an instant, as a deadline or the end of a month, is decided on no
/// other.
///
/// It is held against where it should be: where it was when it was believed last, and what the clock that does not step
/// has counted since; at a start, the last instant that the record knows. Where it is elsewhere, it is doubted, until it
/// is back, or has been steady for so long that it is taken for right.
public struct ClockTrust: Hashable, Sendable {
    /// How far ahead it is doubted, in ms: a clock that is ahead lets deadlines pass and months end.
    static let leastAhead: Milliseconds = 60_000
    /// How far off is more than what people, summer time and machines that slept do, in ms; so far back it is doubted
    /// too, and so far after what the record knows at a start.
    static let leastFar: Milliseconds = 86_400_000
    /// How long it must have been steady to be believed, in ms.
    public static let steadyAfter: Milliseconds = 30_000
    /// How long, where it is far off and the kernel does not know it to be synchronised, in ms.
    static let settledAfter: Milliseconds = 3_600_000
    /// 2026-01-01T00:00:00Z, in ms since the epoch: a clock that is before this program is wrong, however steady.
    static let earliest = Instant(milliseconds: 1_767_225_600_000)

    /// Where it was when it was believed last.
    private struct Known: Hashable, Sendable {
        let wall: Instant
        let monotonic: MonotonicInstant
        /// How far ahead of there it is doubted, in ms.
        let leastAhead: Milliseconds

        func expected(at now: MonotonicInstant) -> Instant { wall + (now - monotonic) }
    }

    private var known: Known?
    private var steps = ClockStepDetector()
    /// Whether it is doubted.
    public private(set) var isDoubted = false

    /// A clock of which nothing is known.
    public init() {}

    /// The record goes up to `instant`, by a clock that was believed, and has been left alone until `now` for nobody
    /// knows how long.
    public mutating func goOn(after instant: Instant, at now: MonotonicInstant) {
        known = Known(wall: instant, monotonic: now, leastAhead: Self.leastFar)
    }

    /// Takes note of a reading of both clocks.
    ///
    /// - Parameter isSynchronised: whether the kernel says that somebody keeps the wall clock right.
    public mutating func see(_ now: Now, isSynchronised: () -> Bool) {
        _ = steps.step(to: now)
        isDoubted = isWrong(now, isSynchronised)
        if !isDoubted { known = Known(wall: now.wall, monotonic: now.monotonic, leastAhead: Self.leastAhead) }
    }

    /// Where the clock would be at `now`, had it gone on from where it was believed; what it shows, where that is not
    /// known.
    public func expected(at now: Now) -> Instant { known?.expected(at: now.monotonic) ?? now.wall }

    private func isWrong(_ now: Now, _ isSynchronised: () -> Bool) -> Bool {
        if now.wall < Self.earliest { return true }
        guard let known else { return false }
        let apart = now.wall - known.expected(at: now.monotonic)
        if apart < known.leastAhead, apart > -Self.leastFar { return false }
        let isFar = abs(apart) >= Self.leastFar
        let needed = isFar && !isSynchronised() ? Self.settledAfter : Self.steadyAfter
        return !steps.isSteady(at: now.monotonic, for: needed)
    }
}
