import Intake
import SLA

/// `voids.csv`: voids and downtimes (semantics §3.3).
public enum CorrectionFile {
    private static let required = ["id", "kind", "scope", "from", "to", "reason"]
    private static let optional = ["evidence", "recorded_at", "recorded_by", "revoked_at"]

    /// Reads `voids.csv` at `path` (`-` is standard input).
    ///
    /// - Throws: ``InputFailure`` where the file cannot be read; `Diagnostics` naming every bad line.
    public static func corrections(path: String, catalog: Catalog) throws -> [Correction] {
        let data = try InputFile.bytes(at: path)
        return try data.withUnsafeBytes { try corrections($0, file: path, catalog: catalog) }
    }

    /// Reads the content of a `voids.csv` that is called `file` in messages.
    public static func corrections(
        _ bytes: UnsafeRawBufferPointer, file: String, catalog: Catalog
    ) throws(Diagnostics) -> [Correction] {
        var table = try Table(bytes, file: file, required: required, optional: optional)
        return try table.entries(id: \.id) { correction(&$0, catalog: catalog) }
    }

    private static func correction(_ table: inout Table, catalog: Catalog) -> Correction? {
        let id = table.identifier("id")
        let kind = kind(&table)
        let scope = scope(&table, kind ?? .void, catalog: catalog)
        let (from, to) = (table.requiredInstant("from"), table.requiredInstant("to"))
        let reason = table.unguardedText("reason")
        let evidence = table.unguardedText("evidence")
        let (recordedAt, revokedAt) = (table.instant("recorded_at"), table.instant("revoked_at"))
        let recordedBy = table.unguardedText("recorded_by")
        guard let id, let kind, let from, let to else { return nil }
        guard let interval = Interval(from, to) else {
            table.report("to", "the end is not after the beginning, expected an instant later than `from`")
            return nil
        }
        return Correction(
            kind: kind, id: id, scope: scope, interval: interval, reason: reason ?? "", evidence: evidence ?? "",
            recordedAt: recordedAt ?? nil, recordedBy: recordedBy ?? "",
            revocation: (revokedAt ?? nil).map { Correction.Revocation(at: $0) })
    }

    private static func kind(_ table: inout Table) -> Correction.Kind? {
        guard let text = table.text("kind") else { return nil }
        if let kind = Correction.Kind(rawValue: text) { return kind }
        table.report(
            "kind", "found \(Diagnostic.quoted(text)), expected void or downtime",
            nearest: nearestName(to: text, among: Correction.Kind.allCases.map(\.rawValue)))
        return nil
    }

    private static func scope(
        _ table: inout Table, _ kind: Correction.Kind, catalog: Catalog
    ) -> [CorrectionTerm] {
        guard let text = table.text("scope") else { return [] }
        switch ScopeText.terms(text, of: kind, catalog: catalog) {
        case .success(let terms):
            return terms
        case .failure(let mistakes):
            for mistake in mistakes.all { table.report("scope", mistake.message, nearest: mistake.nearest) }
            return []
        }
    }
}
