/// What the ledger has of sight from before the monitor's start: a blindness that had begun then has its right beginning,
/// and a reference that answered then is one (semantics §10).
public struct SightRecollection: Sendable {
    /// How long before the start a reference must have answered, in ms, so that it is one from the start.
    ///
    /// Longer than a restart of the machine takes, and short enough that one that has been gone for long is none.
    private static let memory: Milliseconds = 3_600_000

    /// What references were found with, and what checks failed with, in the pass of the start.
    public var observations: [Observation]
    /// Blindnesses that a person has judged while they lasted, and revoked.
    public var judged: [Blindness]

    /// What is known of the past.
    public init(_ observations: [Observation] = [], judged: [Blindness] = []) {
        self.observations = observations
        self.judged = judged
    }

    /// Of which time before `now` what `references` were found with is wanted.
    public static func ofReferences(_ references: [Reference], before now: Instant) -> Interval? {
        Interval(now - max(memory, 2 * reach(references)), now)
    }

    /// Of which time before `now` what checks failed with is wanted: no void reaches further.
    public static func ofChecks(besides references: [Reference], before now: Instant) -> Interval? {
        Interval(now - reach(references), now)
    }

    private static func reach(_ references: [Reference]) -> Milliseconds { references.map(\.reach).max() ?? 0 }
}

extension Blindness {
    /// That of a void of the daemon's own that a person revoked while it was open; nil where `correction` is none.
    public init?(judged correction: Correction) {
        guard let revocation = correction.revocation, revocation.by != Correction.daemon else { return nil }
        var open = correction
        open.revocation = nil
        self.init(open: open)
    }
}
