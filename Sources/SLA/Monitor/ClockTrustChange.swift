/// That the wall clock is doubted, or believed again.
public struct ClockTrustChange: Hashable, Sendable {
    /// What it shows.
    public let shown: Instant
    /// Where it should be; nil where it is believed.
    public let expected: Instant?

    /// What has become of the clock at `now`.
    init(at now: Now) {
        shown = now.wall
        expected = now.expected
    }

    /// Whether it is doubted.
    public var isDoubted: Bool { expected != nil }

    /// When that was, by a clock that is believed.
    public var at: Instant { expected ?? shown }

    /// Whether it shows an instant at which there was no such program.
    public var isBeforeProgram: Bool { shown < ClockTrust.earliest }
}
