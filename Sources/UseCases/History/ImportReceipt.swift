import Interchange
import Reporting
import SLA

/// What was taken out of files from elsewhere, or would be.
public struct ImportReceipt: Receipt {
    private let isDryRun: Bool
    private let zone: TimeZoneRules
    private var parts: [Part] = []

    /// What became of one file.
    private struct Part {
        let text: String
        let remarks: [FieldMessage]
        let members: [String: JSONValue]
    }

    /// A row a file.
    public static let columns = JSONColumns(
        ["dry_run"], each: "imports",
        of: [
            "id", "file", "format", "size_bytes", "sha256", "at", "by", "completed_at", "records", "samples", "derived",
            "duplicates", "recorded", "repeated", "kept",
        ])

    /// Of no file yet.
    ///
    /// - Parameter isDryRun: whether nothing is written.
    public init(isDryRun: Bool, in zone: TimeZoneRules) {
        self.isDryRun = isDryRun
        self.zone = zone
    }

    /// Adds a file of samples.
    ///
    /// - Parameter recorded: its import; nil where nothing was written.
    public mutating func add(_ preview: HistoryPreview, recorded: RecordedImport?) {
        let outcome = recorded?.outcome ?? preview.outcome
        let remark: FieldMessage =
            if recorded != nil {
                "recorded \(outcome.recorded) samples"
            } else if isDryRun {
                "nothing is written: this is a dry run"
            } else {
                "nothing is written: the ledger has all of it already"
            }
        var members = ImportListDocument.members(of: preview.file, outcome, recorded: recorded, in: zone)
        members["records"] = JSONValue(preview.tally.records)
        members["samples"] = JSONValue(preview.tally.taken)
        members["derived"] = JSONValue(preview.tally.derived)
        members["duplicates"] = JSONValue(preview.tally.repeated)
        members["exclusions_not_admitted"] = .list([])
        parts.append(Part(text: preview.text, remarks: [remark], members: members))
    }

    /// Adds a file of exclusions.
    public mutating func add(_ exclusions: ExclusionImport) {
        var members = ImportListDocument.members(
            of: exclusions.file, exclusions.outcome, recorded: exclusions.recorded, in: zone)
        members["records"] = JSONValue(exclusions.count)
        for name in ["samples", "derived", "duplicates"] { members[name] = .null }
        members["exclusions_not_admitted"] = .list(exclusions.refused.map { .object($0.members) })
        parts.append(Part(text: "", remarks: remarks(on: exclusions), members: members))
    }

    private func remarks(on exclusions: ExclusionImport) -> [FieldMessage] {
        if isDryRun { return ["\(exclusions.count) exclusions; nothing is written: this is a dry run"] }
        let outcome = exclusions.outcome
        let done: FieldMessage =
            outcome.recorded == 0
            ? "nothing is written: the ledger has all \(outcome.repeated) exclusions already"
            : "recorded \(outcome.recorded) exclusions, \(outcome.repeated) were there already"
        return [done] + exclusions.refused.map { "\($0.exclusion.id) is recorded but not admitted: \($0.refusal)" }
    }

    /// What was read of samples, and how it compared with the ledger.
    public var text: String { parts.map(\.text).joined() }

    /// What was written of each file.
    public var remarks: [FieldMessage] { parts.flatMap(\.remarks) }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "import", ["dry_run": .flag(isDryRun), "imports": .list(parts.map { .object($0.members) })])
    }
}
