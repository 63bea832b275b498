import SLA

/// What was exported: the month, and the files with their sizes and digests, as `export.json` has it.
public struct ExportDocument: Document {
    /// A file of the export.
    public struct File: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// How many records it holds; nil where it is no table.
        public let records: Int?
        /// Its size in bytes.
        public let size: Int
        /// Its SHA-256 in hexadecimal, as `sha256sum` prints it.
        public let digest: String

        /// A file.
        public init(name: String, records: Int?, size: Int, digest: String) {
            self.name = name
            self.records = records
            self.size = size
            self.digest = digest
        }
    }

    private let month: CivilMonth
    private let asOf: Instant
    private let services: [String]
    private let files: [File]
    private let program: String
    private let zone: TimeZoneRules

    /// The name of the file in which it stands beside those that it lists.
    public static let fileName = "export.json"

    /// The export of what the figures of `services` in `month` follow from.
    public init(
        of month: CivilMonth, asOf: Instant, services: [String], files: [File], program: String, in zone: TimeZoneRules
    ) {
        self.month = month
        self.asOf = asOf
        self.services = services
        self.files = files
        self.program = program
        self.zone = zone
    }

    /// A line a file.
    public var text: String {
        var table = TextTable([("FILE", .left), ("RECORDS", .right), ("BYTES", .right), ("SHA-256", .left)])
        for file in files {
            table.add([file.name, file.records.map(String.init) ?? "", String(file.size), file.digest])
        }
        return "\(month), as of \(RFC3339.text(asOf, in: zone)), of \(services.count) "
            + (services.count == 1 ? "service" : "services") + "\n\n" + table.text
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "export",
            [
                "month": .text(month.description), "as_of": .instant(asOf, zone), "timezone": .text(zone.name),
                "services": .list(services.map(JSONValue.text)), "program": .text(program),
                "files": .list(
                    files.map { file in
                        .object([
                            "name": .text(file.name), "records": JSONValue(number: file.records.map(String.init)),
                            "bytes": JSONValue(file.size), "sha256": .text(file.digest),
                        ])
                    }),
            ])
    }

    /// A row a file.
    public var csv: String {
        CSVWriter.table(
            ["name", "records", "bytes", "sha256"],
            files.map { [$0.name, $0.records.map(String.init) ?? "", String($0.size), $0.digest] })
    }
}
