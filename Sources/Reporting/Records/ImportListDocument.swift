import SLA

/// Every import of the record.
public struct ImportListDocument: Document {
    private let imports: [RecordedImport]
    private let zone: TimeZoneRules

    /// The document of `imports`, in the order of the record.
    public init(_ imports: [RecordedImport], in zone: TimeZoneRules) {
        self.imports = imports
        self.zone = zone
    }

    /// A table.
    public var text: String {
        var table = TextTable([
            ("NUMBER", .right), ("AT", .left), ("BY", .left), ("FORMAT", .left), ("NEW", .right), ("KNOWN", .right),
            ("KEPT", .right), ("NOT TAKEN", .right), ("STATUS", .left), ("SHA256", .left), ("FILE", .left),
        ])
        for entry in imports {
            table.add(
                [String(entry.number), RFC3339.text(entry.at, in: zone), entry.by, entry.file.format]
                    + Self.counts(entry) + [
                        entry.completedAt == nil ? "interrupted" : "complete", String(entry.file.digest.prefix(12)),
                        entry.file.name,
                    ])
        }
        return table.text
    }

    /// How many are new, known, kept and not taken; empty where it was interrupted.
    private static func counts(_ entry: RecordedImport) -> [String] {
        guard let outcome = entry.outcome else { return ["", "", "", ""] }
        let dropped = outcome.dropped.reduce(0) { $0 + $1.count }
        return [outcome.recorded, outcome.repeated, outcome.kept, dropped].map { String($0) }
    }

    /// The same, with every series and every reason.
    public var json: JSONObject {
        JSONObject(
            "imports",
            [
                "imports": .list(
                    imports.map { .object(Self.members(of: $0.file, $0.outcome, recorded: $0, in: zone)) })
            ])
    }

    /// A file for programs.
    ///
    /// - Parameters:
    ///   - outcome: what became of it; nil where it was interrupted.
    ///   - recorded: its import; nil where nothing was written.
    public static func members(
        of file: ImportedFile, _ outcome: ImportOutcome?, recorded: RecordedImport?, in zone: TimeZoneRules
    ) -> [String: JSONValue] {
        func count(_ path: KeyPath<ImportOutcome, Int>) -> JSONValue {
            outcome.map { JSONValue($0[keyPath: path]) } ?? .null
        }
        return [
            "id": recorded.map { JSONValue($0.number) } ?? .null, "file": .text(file.name),
            "size_bytes": JSONValue(file.size), "sha256": .text(file.digest), "format": .text(file.format),
            "at": .instant(recorded?.at, zone), "by": JSONValue(recorded?.by),
            "completed_at": .instant(recorded?.completedAt, zone), "recorded": count(\.recorded),
            "repeated": count(\.repeated), "kept": count(\.kept),
            "reasons_not_taken": .list(
                (outcome?.dropped ?? []).map {
                    .object(["reason": .text($0.reason), "count": JSONValue($0.count)])
                }),
            "series": .list(file.series.map { series($0, in: zone) }),
        ]
    }

    private static func series(_ series: ImportedFile.Series, in zone: TimeZoneRules) -> JSONValue {
        .object([
            "from": .text(series.source), "service": .text(series.check.service), "check": .text(series.check.check),
            "samples": JSONValue(series.samples), "first_at": .instant(series.first, zone),
            "last_at": .instant(series.last, zone),
        ])
    }

    /// A row an import.
    public var csv: String {
        CSVWriter.table(
            [
                "id", "at", "by", "format", "recorded", "repeated", "kept", "not_taken", "completed_at", "sha256",
                "size_bytes", "file",
            ],
            imports.map { entry in
                [String(entry.number), RFC3339.text(entry.at, in: zone), entry.by, entry.file.format]
                    + Self.counts(entry) + [
                        entry.completedAt.map { RFC3339.text($0, in: zone) } ?? "", entry.file.digest,
                        String(entry.file.size), entry.file.name,
                    ]
            })
    }
}
