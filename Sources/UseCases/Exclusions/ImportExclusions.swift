import Intake
import Ledger
import SLA

/// The exclusions of a file that are to be recorded.
///
/// They are recorded at the instant of the import, and those that the file calls revoked are revoked in the same
/// instant: whoever asks for figures as of an earlier one gets those that were known then. What the file says of its
/// own recording is kept as the origin.
public struct ExclusionImportRequest: Sendable {
    /// The exclusions, as they are to be recorded.
    public let entries: [ExclusionAmendment.Entry]
    let file: ImportedFile
    let at: Instant
    let by: String

    /// The request that `exclusions` of the file at `path` are recorded at `now` by `by`.
    ///
    /// - Parameters:
    ///   - path: as messages name the file; `-` where it has no name.
    ///   - size: of the file, in bytes.
    ///   - digest: its SHA-256 in hexadecimal.
    ///   - zone: of the agreement.
    /// - Throws: every exclusion of which something lies in the future.
    public init(
        _ exclusions: [Exclusion], path: String, size: Int, digest: String, in zone: TimeZoneRules, at now: Instant,
        by: String
    ) throws(Diagnostics) {
        var mistakes = DiagnosticList()
        for exclusion in exclusions {
            let instants = [
                ("notice_at", exclusion.noticeAt), ("recorded_at", exclusion.recordedAt),
                ("revoked_at", exclusion.revokedAt),
            ]
            for (field, instant) in instants where (instant ?? now) > now {
                mistakes.add(Diagnostic(file: path, field: field, message: "exclusion \(exclusion.id): in the future"))
            }
        }
        try mistakes.check()
        entries = exclusions.map { Self.entry($0, path: path, zone: zone, at: now, by: by) }
        file = ImportedFile(name: path, size: size, digest: digest, format: "exclusions")
        at = now
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
}

extension Recording {
    /// Records those exclusions of a file that the ledger does not have; where it has all, nothing.
    ///
    /// - Throws: `ExclusionError`, `LedgerError`; nothing is then recorded.
    public func importExclusions(_ request: ExclusionImportRequest) throws -> ExclusionImport {
        var outcome = ImportOutcome()
        let recorded = try ledger.record { snapshot in
            let decided = try request.decided(in: snapshot)
            outcome = decided.outcome
            return decided.facts
        }
        return ExclusionImport(
            request, outcome: outcome, recorded: recorded.imports.first, under: catalog.agreement)
    }
}

extension ExclusionImportRequest {
    /// What would be taken into the ledger that `snapshot` shows.
    ///
    /// - Throws: `ExclusionError`, `LedgerError`.
    public func preview(in snapshot: LedgerSnapshot, under agreement: Agreement) throws -> ExclusionImport {
        ExclusionImport(self, outcome: try decided(in: snapshot).outcome, recorded: nil, under: agreement)
    }

    fileprivate func decided(in snapshot: LedgerSnapshot) throws -> (facts: [Fact], outcome: ImportOutcome) {
        // A file may name all of them.
        try ExclusionRegister(ExclusionList(snapshot.exclusions()))
            .facts(importing: entries, from: file, at: at, by: by)
    }
}

/// The exclusions of a file that were recorded, or were there already.
public struct ExclusionImport: Sendable {
    /// How many are new, and how many were there already.
    public let outcome: ImportOutcome
    /// Those that are applied to nothing, and why.
    public let refused: [RefusedExclusion]
    /// The import; nil where nothing was written.
    let recorded: RecordedImport?
    let file: ImportedFile
    let count: Int

    init(
        _ request: ExclusionImportRequest, outcome: ImportOutcome, recorded: RecordedImport?, under agreement: Agreement
    ) {
        self.outcome = outcome
        self.recorded = recorded
        file = request.file
        count = request.entries.count
        refused = request.entries.map(\.exclusion).compactMap { exclusion in
            guard exclusion.revokedAt == nil, let refusal = exclusion.refusal(under: agreement) else {
                return nil
            }
            return RefusedExclusion(exclusion: exclusion, refusal: refusal)
        }
    }
}
