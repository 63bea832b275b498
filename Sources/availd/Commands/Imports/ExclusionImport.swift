import Intake
import Interchange
import Ledger
import SLA

/// The exclusions of a file on their way into the ledger.
///
/// They are recorded at the instant of the import, and those that the file calls revoked are revoked in the same
/// instant: whoever asks for figures as of an earlier one gets those that were known then. What the file says of its
/// own recording is kept as the origin.
struct ExclusionImport {
    let entries: [ExclusionAmendment.Entry]
    private let file: ImportedFile
    private let at: Instant
    private let by: String

    init(path: String, catalog: Catalog, at: Instant, by: String) throws {
        let (exclusions, size, digest) = try ExclusionFile.recorded(path: path, catalog: catalog)
        let zone = catalog.agreement.calendar.zone
        var mistakes = DiagnosticList()
        for exclusion in exclusions {
            let instants = [
                ("notice_at", exclusion.noticeAt), ("recorded_at", exclusion.recordedAt),
                ("revoked_at", exclusion.revokedAt),
            ]
            for (field, instant) in instants where (instant ?? at) > at {
                mistakes.add(Diagnostic(file: path, field: field, message: "exclusion \(exclusion.id): in the future"))
            }
        }
        try mistakes.check()
        entries = exclusions.map { Self.entry($0, path: path, zone: zone, at: at, by: by) }
        file = ImportedFile(name: path, size: size, digest: digest, format: "exclusions")
        self.at = at
        self.by = by
    }

    private static func entry(
        _ exclusion: Exclusion, path: String, zone: TimeZoneRules, at: Instant, by: String
    ) -> ExclusionAmendment.Entry {
        var origin = path == "-" ? "imported" : "imported from \(path)"
        if let recordedAt = exclusion.recordedAt { origin += ", recorded at \(RFC3339.text(recordedAt, in: zone))" }
        if !exclusion.recordedBy.isEmpty { origin += " by \(exclusion.recordedBy)" }
        if let revokedAt = exclusion.revokedAt { origin += ", revoked at \(RFC3339.text(revokedAt, in: zone))" }
        var details = ExclusionDetails(origin: origin)
        var recorded = exclusion
        if exclusion.category == .forceMajeure, let parts = ExclusionDetails.split(exclusion.evidence) {
            details.kind = parts.kind
            recorded.evidence = parts.evidence
        }
        recorded.recordedAt = at
        recorded.recordedBy = by
        recorded.revokedAt = exclusion.revokedAt.map { _ in at }
        return ExclusionAmendment.Entry(recorded, details: details)
    }

    /// Records those that the ledger does not have.
    func record(in ledger: Ledger) throws -> ImportOutcome {
        try ledger.importExclusions(entries, from: file, at: at, by: by)
    }
}
