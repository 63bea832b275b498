/// How the wall clock is counted: a step back begins another pass, so that one instant of the wall may be there more
/// than once (semantics §3.1). The first is 0.
public typealias Pass = Int32

/// Where a pass ended, by its own clock: what its samples say, they say up to there.
public struct PassEnd: Hashable, Sendable {
    /// The pass that ended.
    public var pass: Pass
    /// The check whose samples they are, where they came from elsewhere; nil for every check of the daemon's.
    public var check: CheckID?
    /// The vantage point that took them; nil for the one without a name, and where ``check`` is.
    public var vantage: String?
    /// When it ended, by its own clock; nil where that is not known: then each check's ends with its last sample's
    /// coverage.
    public var at: Instant?
    /// The daemon's next pass; nil of a check from elsewhere.
    public var next: Pass?
    /// When that was known, by the clock of the pass that came next; where that was ahead, by its own.
    public var recordedAt: Instant

    /// The end of `pass`.
    public init(
        pass: Pass, check: CheckID? = nil, vantage: String? = nil, at: Instant?, next: Pass? = nil, recordedAt: Instant
    ) {
        self.pass = pass
        self.check = check
        self.vantage = vantage
        self.at = at
        self.next = next
        self.recordedAt = recordedAt
    }
}

extension Sequence<PassEnd> {
    /// Where the passes ended in which `vantage` saw `check`, as far as that is known.
    public func ends(of check: CheckID, from vantage: String? = nil) -> [Pass: Instant] {
        var ends: [Pass: Instant] = [:]
        for end in self where end.check == nil || (end.check == check && end.vantage == vantage) {
            ends[end.pass] = end.at ?? ends[end.pass]
        }
        return ends
    }
}
