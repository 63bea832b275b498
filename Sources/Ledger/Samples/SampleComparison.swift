import SLA

/// How samples compare with those that the ledger has.
public struct SampleComparison: Hashable, Sendable {
    /// How many the ledger does not have.
    public var new = 0
    /// How many it has with the same state.
    public var repeated = 0
    /// Those it has with another state.
    public var conflicts: [SampleConflict] = []

    /// Nothing yet.
    public init() {}
}
