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
