import Digests
import Intake
import SLA

/// Exclusions from a file.
public enum ExclusionFile {
    private static let required = ["id", "category", "scope", "from", "to"]
    private static let optional = ["notice_at", "evidence", "recorded_at", "recorded_by", "revoked_at", "plan"]

    /// Reads `exclusions.csv` at `path` (`-` is standard input).
    ///
    /// - Throws: ``InputFailure`` where the file cannot be read; `Diagnostics` naming every bad line.
    public static func exclusions(path: String, catalog: Catalog) throws -> [Exclusion] {
        let data = try InputFile.bytes(at: path)
        return try data.withUnsafeBytes { try exclusions($0, file: path, catalog: catalog) }
    }

    /// The same, with the file's size in bytes and its SHA-256, by which it is known again.
    public static func recorded(
        path: String, catalog: Catalog
    ) throws -> (exclusions: [Exclusion], size: Int, digest: String) {
        let data = try InputFile.bytes(at: path)
        return try data.withUnsafeBytes {
            (try exclusions($0, file: path, catalog: catalog), data.count, Digest.text(of: $0))
        }
    }

    /// Reads the content of an `exclusions.csv` that is called `file` in messages.
    public static func exclusions(
        _ bytes: UnsafeRawBufferPointer, file: String, catalog: Catalog
    ) throws(Diagnostics) -> [Exclusion] {
        var table = try Table(bytes, file: file, required: required, optional: optional)
        return try table.entries(id: \.id) { exclusion(&$0, catalog: catalog) }
    }

    private static func exclusion(_ table: inout Table, catalog: Catalog) -> Exclusion? {
        let id = table.identifier("id")
        let category = category(&table)
        let scope = scope(&table, catalog: catalog)
        let from = table.requiredInstant("from")
        let to = table.requiredInstant("to")
        let noticeAt = table.instant("notice_at")
        let evidence = table.unguardedText("evidence")
        let recordedAt = table.instant("recorded_at")
        let recordedBy = table.unguardedText("recorded_by")
        let revokedAt = table.instant("revoked_at")
        let plan = table.unguardedText("plan")
        guard let id, let category, let from, let to else { return nil }
        guard let interval = Interval(from, to) else {
            table.report("to", "the end is not after the beginning, expected an instant later than `from`")
            return nil
        }
        return Exclusion(
            id: id, category: category, scope: scope, interval: interval, noticeAt: noticeAt ?? nil,
            evidence: evidence ?? "", recordedAt: recordedAt ?? nil, recordedBy: recordedBy ?? "",
            revokedAt: revokedAt ?? nil, plan: plan.flatMap { $0.isEmpty ? nil : $0 })
    }

    private static func category(_ table: inout Table) -> ExclusionCategory? {
        guard let text = table.text("category") else { return nil }
        if let category = ExclusionCategory(rawValue: text) { return category }
        let names = ExclusionCategory.allCases.map(\.rawValue)
        table.report(
            "category", "unknown category \(Diagnostic.quoted(text)), expected \(names.joined(separator: ", "))",
            nearest: nearestName(to: text, among: names))
        return nil
    }

    private static func scope(_ table: inout Table, catalog: Catalog) -> [ScopeTerm] {
        guard let text = table.text("scope") else { return [] }
        switch ScopeText.terms(text, catalog: catalog) {
        case .success(let terms):
            return terms
        case .failure(let mistakes):
            for mistake in mistakes.all { table.report("scope", mistake.message, nearest: mistake.nearest) }
            return []
        }
    }
}
