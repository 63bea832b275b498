/// The samples of one check that a statement was computed from.
public struct KeptSeries: Hashable, Sendable {
    /// The check.
    public var check: CheckID
    /// The samples.
    public var samples: PackedSamples
    /// SHA-256 in hexadecimal of ``line(_:)`` of each.
    public var digest: String

    /// The samples of `check`.
    public init(check: CheckID, samples: PackedSamples, digest: String) {
        self.check = check
        self.samples = samples
        self.digest = digest
    }

    /// A sample as it goes into the digest: `AT,STATE` and a line feed, in ms and 0 up, 1 down, 2 unknown.
    public static func line(_ sample: Sample) -> String {
        "\(sample.at.milliseconds),\(sample.state.rawValue)\n"
    }

    /// What the digest of all samples is taken over: `SERVICE TAB CHECK TAB COUNT TAB DIGEST` and a line feed for each.
    public static func index(of series: [KeptSeries]) -> String {
        series.map { "\($0.check.service)\t\($0.check.check)\t\($0.samples.count)\t\($0.digest)\n" }.joined()
    }
}
