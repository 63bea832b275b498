/// One reading of both clocks, taken once a turn and passed down: what is decided in one turn is decided at
/// one instant.
public struct Now: Hashable, Sendable {
    /// What goes into the record.
    public let wall: Instant
    /// What lengths of waiting are measured by.
    public let monotonic: MonotonicInstant

    /// Both clocks, read together.
    public init(wall: Instant, monotonic: MonotonicInstant) {
        self.wall = wall
        self.monotonic = monotonic
    }
}
