import SLA

/// What became of the samples that were recorded together.
public struct CommitResult: Hashable, Sendable {
    /// How many samples are new.
    public var recorded = 0
    /// How many were there already, with the same state.
    public var repeated = 0
    /// Those that were there already with another state, and so were not recorded.
    public var conflicts: [SampleConflict] = []

    /// Nothing yet.
    public init() {}
}
