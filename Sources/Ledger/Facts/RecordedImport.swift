import SLA

/// A file of history as it is to be recorded.
public struct ImportedFile: Hashable, Sendable {
    /// What it was called.
    public var name: String
    /// Its size in bytes.
    public var size: Int
    /// Its SHA-256 in hexadecimal, by which the same file is known again.
    public var digest: String
    /// How it was read.
    public var format: String
    /// What it holds, of what was taken.
    public var series: [Series]

    /// A series of the file.
    public struct Series: Hashable, Sendable {
        /// What the file calls it.
        public var source: String
        /// The check it was taken for.
        public var check: CheckID
        /// How many samples it has.
        public var samples: Int
        /// When its first sample was taken.
        public var first: Instant
        /// When its last sample was taken.
        public var last: Instant

        /// A series.
        public init(source: String, check: CheckID, samples: Int, first: Instant, last: Instant) {
            self.source = source
            self.check = check
            self.samples = samples
            self.first = first
            self.last = last
        }
    }

    /// A file.
    public init(name: String, size: Int, digest: String, format: String, series: [Series] = []) {
        self.name = name
        self.size = size
        self.digest = digest
        self.format = format
        self.series = series
    }
}

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

/// An import as the ledger has it.
public struct RecordedImport: Hashable, Sendable {
    /// Its number; later imports have greater ones.
    public let number: Int64
    /// The file.
    public let file: ImportedFile
    /// When it began.
    public let at: Instant
    /// Who made it.
    public let by: String
    /// When it was complete; nil where it was interrupted, or goes on.
    public let completedAt: Instant?
    /// What became of it; nil where it was interrupted, or goes on.
    public let outcome: ImportOutcome?
}
