import SLA

/// An import as `availd import` shows it.
public enum ImportDocument {
    /// What was read out of a file, and what became of it.
    public struct Summary: Sendable {
        /// Each count with what it counts, in the order in which they are shown.
        public var counts: [(name: String, count: Int)]
        /// Each series: what the file calls it, its check, its samples, its first and its last instant.
        public var series: [ImportedFile.Series]

        /// A summary.
        public init(counts: [(name: String, count: Int)], series: [ImportedFile.Series]) {
            self.counts = counts
            self.series = series
        }
    }

    /// The counts, then the series.
    public static func text(_ summary: Summary, zone: TimeZoneRules) -> String {
        var counts = TextTable([("WHAT", .left), ("COUNT", .right)])
        for (name, count) in summary.counts { counts.add([name, String(count)]) }
        guard !summary.series.isEmpty else { return counts.text }
        var table = TextTable([
            ("CHECK", .left), ("SAMPLES", .right), ("FIRST", .left), ("LAST", .left), ("FROM", .left),
        ])
        for series in summary.series {
            table.add([
                series.check.description, String(series.samples), RFC3339.text(series.first, in: zone),
                RFC3339.text(series.last, in: zone), series.source,
            ])
        }
        return counts.text + "\n" + table.text
    }
}
