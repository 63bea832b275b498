/// The samples of one pass of a check that a statement was computed from.
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

    /// A sample as it goes into the digest: `AT,STATE` and a line feed, in ms and 0 up, 1 down, 2 unknown; with `,4` or
    /// `,6` before it where the family is known.
    public static func line(_ sample: Sample) -> String {
        "\(sample.at.milliseconds),\(sample.state.rawValue)" + (sample.family.map { ",\($0.rawValue)" } ?? "") + "\n"
    }

    /// What the digest of all samples is taken over: `SERVICE TAB CHECK TAB COUNT TAB DIGEST` and a line feed for each,
    /// with `TAB PASS` before it where that is not 0.
    public static func index(of series: [KeptSeries]) -> String {
        series.map { kept in
            "\(kept.check.service)\t\(kept.check.check)\t\(kept.samples.count)\t\(kept.digest)"
                + (kept.samples.pass == 0 ? "" : "\t\(kept.samples.pass)") + "\n"
        }.joined()
    }
}
