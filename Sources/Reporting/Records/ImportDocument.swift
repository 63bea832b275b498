import SLA

/// Imports as `availd import` and `availd import list` show them.
public enum ImportDocument {
    /// What was read out of a file, and what became of it.
    public struct Summary: Sendable {
        /// Each count with what it counts, in the order in which they are shown.
        public var counts: [(name: String, count: Int)]
        /// Each series: what the file calls it, its check, its samples, its first and its last instant.
        public var series: [Series]

        /// A summary.
        public init(counts: [(name: String, count: Int)], series: [Series]) {
            self.counts = counts
            self.series = series
        }
    }

    /// A series of a file.
    public struct Series: Sendable {
        let source: String
        let check: CheckID
        let samples: Int
        let first: Instant
        let last: Instant

        /// A series.
        public init(source: String, check: CheckID, samples: Int, first: Instant, last: Instant) {
            self.source = source
            self.check = check
            self.samples = samples
            self.first = first
            self.last = last
        }
    }

    /// An import of the record.
    public struct Entry: Sendable {
        let number: Int64
        let file: String
        let size: Int
        let digest: String
        let format: String
        let at: Instant
        let by: String
        let completedAt: Instant?
        let counts: [(name: String, count: Int)]
        let dropped: [(reason: String, count: Int)]
        let series: [Series]

        /// An import; without `completedAt` it was interrupted.
        public init(
            number: Int64, file: String, size: Int, digest: String, format: String, at: Instant, by: String,
            completedAt: Instant?, counts: [(name: String, count: Int)], dropped: [(reason: String, count: Int)],
            series: [Series]
        ) {
            self.number = number
            self.file = file
            self.size = size
            self.digest = digest
            self.format = format
            self.at = at
            self.by = by
            self.completedAt = completedAt
            self.counts = counts
            self.dropped = dropped
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

    /// A table for people.
    public static func text(_ entries: [Entry], zone: TimeZoneRules) -> String {
        var table = TextTable([
            ("NUMBER", .right), ("AT", .left), ("BY", .left), ("FORMAT", .left), ("NEW", .right), ("KNOWN", .right),
            ("KEPT", .right), ("NOT TAKEN", .right), ("STATUS", .left), ("SHA256", .left), ("FILE", .left),
        ])
        for entry in entries {
            let counts = entry.completedAt == nil ? ["", "", ""] : entry.counts.map { String($0.count) }
            let dropped = entry.dropped.reduce(0) { $0 + $1.count }
            table.add(
                [String(entry.number), RFC3339.text(entry.at, in: zone), entry.by, entry.format] + counts + [
                    entry.completedAt == nil ? "" : String(dropped),
                    entry.completedAt == nil ? "interrupted" : "complete", String(entry.digest.prefix(12)), entry.file,
                ])
        }
        return table.text
    }

    /// The same for programs, with every series and every reason.
    public static func json(_ entries: [Entry], zone: TimeZoneRules) -> String {
        JSONValue.list(
            entries.map { entry in
                var members: [String: JSONValue] = [
                    "number": .number(String(entry.number)), "file": .text(entry.file),
                    "size_bytes": .number(String(entry.size)), "sha256": .text(entry.digest),
                    "format": .text(entry.format), "at": .text(RFC3339.text(entry.at, in: zone)), "by": .text(entry.by),
                    "completed_at": JSONValue(entry.completedAt.map { RFC3339.text($0, in: zone) }),
                    "not_taken": .list(
                        entry.dropped.map {
                            .object(["reason": .text($0.reason), "count": .number(String($0.count))])
                        }),
                    "series": .list(entry.series.map { json($0, zone: zone) }),
                ]
                for (name, count) in entry.counts {
                    members[name] = entry.completedAt == nil ? .null : .number(String(count))
                }
                return .object(members)
            }
        ).document
    }

    private static func json(_ series: Series, zone: TimeZoneRules) -> JSONValue {
        .object([
            "from": .text(series.source), "service": .text(series.check.service), "check": .text(series.check.check),
            "samples": .number(String(series.samples)), "first_at": .text(RFC3339.text(series.first, in: zone)),
            "last_at": .text(RFC3339.text(series.last, in: zone)),
        ])
    }
}
