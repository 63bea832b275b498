/// One reading of both clocks, taken once a turn and passed down: what is decided in one turn is decided at
/// one instant.
public struct Now: Hashable, Sendable {
    /// What the clock on the wall shows, and samples have.
    public let wall: Instant
    /// What lengths of waiting are measured by.
    public let monotonic: MonotonicInstant
    /// The pass of the wall clock: it grows when that steps back (semantics §3.1).
    public let pass: Int32
    /// When the pass before it ended, by its own clock; nil where that is not known.
    public let passedEnd: Instant?
    /// Where the wall clock is doubted: where it would be, had it gone on from where it was believed last. See
    /// ``ClockTrust``.
    public let expected: Instant?

    /// Whether the wall clock may be wrong: nothing that comes with an instant is decided.
    public var isDoubted: Bool { expected != nil }

    /// What goes into the record as the instant at which a fact was recorded: by a clock that is believed.
    public var recordedAt: Instant { expected ?? wall }

    /// Both clocks, read together.
    public init(
        wall: Instant, monotonic: MonotonicInstant, pass: Int32 = 0, passedEnd: Instant? = nil,
        expected: Instant? = nil
    ) {
        self.wall = wall
        self.monotonic = monotonic
        self.pass = pass
        self.passedEnd = passedEnd
        self.expected = expected
    }
}
