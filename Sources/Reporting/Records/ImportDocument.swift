import SLA

/// Imports as `availd import` and `availd import list` show them.
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

    /// A table for people.
    public static func text(_ imports: [RecordedImport], zone: TimeZoneRules) -> String {
        var table = TextTable([
            ("NUMBER", .right), ("AT", .left), ("BY", .left), ("FORMAT", .left), ("NEW", .right), ("KNOWN", .right),
            ("KEPT", .right), ("NOT TAKEN", .right), ("STATUS", .left), ("SHA256", .left), ("FILE", .left),
        ])
        for entry in imports {
            let outcome = entry.outcome
            let counts = [
                outcome?.recorded, outcome?.repeated, outcome?.kept,
                outcome.map { $0.dropped.reduce(0) { $0 + $1.count } },
            ]
            table.add(
                [String(entry.number), RFC3339.text(entry.at, in: zone), entry.by, entry.file.format]
                    + counts.map { $0.map { String($0) } ?? "" }
                    + [
                        outcome == nil ? "interrupted" : "complete", String(entry.file.digest.prefix(12)),
                        entry.file.name,
                    ])
        }
        return table.text
    }

    /// The same for programs, with every series and every reason.
    public static func json(_ imports: [RecordedImport], zone: TimeZoneRules) -> String {
        JSONValue.list(imports.map { .object(members($0, zone: zone)) }).document
    }

    private static func members(_ entry: RecordedImport, zone: TimeZoneRules) -> [String: JSONValue] {
        let outcome = entry.outcome
        return [
            "number": JSONValue(entry.number), "file": .text(entry.file.name), "size_bytes": JSONValue(entry.file.size),
            "sha256": .text(entry.file.digest), "format": .text(entry.file.format),
            "at": .text(RFC3339.text(entry.at, in: zone)), "by": .text(entry.by),
            "completed_at": JSONValue(entry.completedAt.map { RFC3339.text($0, in: zone) }),
            "recorded": JSONValue(number: outcome.map { String($0.recorded) }),
            "repeated": JSONValue(number: outcome.map { String($0.repeated) }),
            "kept": JSONValue(number: outcome.map { String($0.kept) }),
            "not_taken": .list(
                (outcome?.dropped ?? []).map { .object(["reason": .text($0.reason), "count": JSONValue($0.count)]) }),
            "series": .list(entry.file.series.map { json($0, zone: zone) }),
        ]
    }

    private static func json(_ series: ImportedFile.Series, zone: TimeZoneRules) -> JSONValue {
        .object([
            "from": .text(series.source), "service": .text(series.check.service), "check": .text(series.check.check),
            "samples": .number(String(series.samples)), "first_at": .text(RFC3339.text(series.first, in: zone)),
            "last_at": .text(RFC3339.text(series.last, in: zone)),
        ])
    }
}
