/// What became of an import.
public struct ImportOutcome: Hashable, Sendable {
    /// How many samples or exclusions are new.
    public var recorded: Int
    /// How many were there already.
    public var repeated: Int
    /// How many say something else than the ledger, which kept what it had.
    public var kept: Int
    /// How many records were not taken, by the reason.
    public var dropped: [Drop]

    /// Records that were not taken.
    public struct Drop: Hashable, Sendable {
        /// Why.
        public var reason: String
        /// How many.
        public var count: Int

        /// `count` records that were not taken for `reason`.
        public init(reason: String, count: Int) {
            self.reason = reason
            self.count = count
        }
    }

    /// An outcome.
    public init(recorded: Int = 0, repeated: Int = 0, kept: Int = 0, dropped: [Drop] = []) {
        self.recorded = recorded
        self.repeated = repeated
        self.kept = kept
        self.dropped = dropped
    }
}
