import SLA

/// Two states for one check at one instant of one pass. The one recorded first stays.
public struct SampleConflict: Hashable, Sendable {
    /// The check.
    public var check: CheckID
    /// When both are said to have been found.
    public var at: Instant
    /// The state that is in the ledger.
    public var kept: SampleState
    /// The state that was not recorded.
    public var refused: SampleState

    /// A conflict.
    public init(check: CheckID, at: Instant, kept: SampleState, refused: SampleState) {
        self.check = check
        self.at = at
        self.kept = kept
        self.refused = refused
    }
}
