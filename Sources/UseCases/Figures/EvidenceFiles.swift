import Interchange

/// The files that evidence is read from, each by its path; `-` is standard input.
public struct EvidenceFiles: Sendable {
    /// The samples.
    public var samples: String
    /// What the samples are; nil where the content tells.
    public var format: HistoryFormat?
    /// The file that says which series is which check; nil where names do.
    public var map: String?
    /// The exclusions.
    public var exclusions: [String] = []
    /// The voids and downtimes.
    public var voids: [String] = []
    /// The rules' history; nil where the configuration's count for all time.
    public var rules: String?
    /// What was promised, since when; nil where the configuration's counts for all time.
    public var agreements: String?
    /// The history of paid time; nil where the configuration's counts for all time.
    public var terms: String?
    /// What people have said of compensation; nil for nothing.
    public var settlements: String?

    /// The samples alone; all others are optional.
    public init(samples: String) {
        self.samples = samples
    }
}
