/// One reading of both clocks, taken once a turn and passed down: what is decided in one turn is decided at
/// one instant.
public struct Now: Hashable, Sendable {
    /// What goes into the record.
    public let wall: Instant
    /// What lengths of waiting are measured by.
    public let monotonic: MonotonicInstant
    /// The pass of the wall clock: it grows when that steps back (semantics §3.1).
    public let pass: Int32
    /// When the pass before it ended, by its own clock; nil where that is not known.
    public let passedEnd: Instant?

    /// Both clocks, read together.
    public init(wall: Instant, monotonic: MonotonicInstant, pass: Int32 = 0, passedEnd: Instant? = nil) {
        self.wall = wall
        self.monotonic = monotonic
        self.pass = pass
        self.passedEnd = passedEnd
    }
}
