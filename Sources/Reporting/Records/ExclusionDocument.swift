import SLA

/// Exclusions as `availd exclusion list` shows them.
public enum ExclusionDocument {
    /// A recorded exclusion and why it was revoked, if it was.
    public struct Entry: Sendable {
        let exclusion: Exclusion
        let revokedBy: String?
        let reason: String?
        let details: ExclusionDetails

        /// An entry; the two about its revocation are nil while the exclusion stands.
        public init(
            _ exclusion: Exclusion, revokedBy: String?, reason: String?, details: ExclusionDetails = ExclusionDetails()
        ) {
            self.exclusion = exclusion
            self.details = details
            self.revokedBy = revokedBy
            self.reason = reason
        }
    }

    /// The format that `replay` reads, instants in the agreement's zone.
    public static func csv(_ entries: [Entry], under agreement: Agreement) -> String {
        CSVWriter.record([
            "id", "category", "scope", "from", "to", "notice_at", "evidence", "recorded_at", "recorded_by",
            "revoked_at",
        ])
            + entries.map { entry in
                let exclusion = entry.exclusion
                func text(_ instant: Instant?) -> String {
                    instant.map { RFC3339.text($0, in: agreement.calendar.zone) } ?? ""
                }
                return CSVWriter.record([
                    exclusion.id, exclusion.category.rawValue, scope(exclusion), text(exclusion.interval.start),
                    text(exclusion.interval.end), text(exclusion.noticeAt),
                    entry.details.evidenceText(exclusion.evidence),
                    text(exclusion.recordedAt), exclusion.recordedBy, text(exclusion.revokedAt),
                ])
            }.joined()
    }

    /// A table, with whether each is admitted.
    public static func text(_ entries: [Entry], under agreement: Agreement) -> String {
        let zone = agreement.calendar.zone
        var table = TextTable([
            ("ID", .left), ("CATEGORY", .left), ("SCOPE", .left), ("FROM", .left), ("TO", .left), ("STATUS", .left),
            ("RECORDED BY", .left), ("EVIDENCE", .left),
        ])
        for entry in entries {
            let exclusion = entry.exclusion
            table.add([
                exclusion.id, exclusion.category.rawValue, scope(exclusion),
                RFC3339.text(exclusion.interval.start, in: zone),
                exclusion.isOpen ? "open" : RFC3339.text(exclusion.interval.end, in: zone),
                status(entry, under: agreement), exclusion.recordedBy,
                entry.details.evidenceText(exclusion.evidence),
            ])
        }
        return table.text
    }

    /// The same for programs.
    public static func json(_ entries: [Entry], under agreement: Agreement) -> String {
        JSONValue.list(entries.map { .object(members($0, under: agreement)) }).document
    }

    /// One of them for programs.
    public static func members(_ entry: Entry, under agreement: Agreement) -> [String: JSONValue] {
        let zone = agreement.calendar.zone
        let exclusion = entry.exclusion
        func text(_ instant: Instant?) -> JSONValue { JSONValue(instant.map { RFC3339.text($0, in: zone) }) }
        return [
            "id": .text(exclusion.id), "category": .text(exclusion.category.rawValue),
            "clause": .text(exclusion.category.clauses), "scope": .text(scope(exclusion)),
            "from": text(exclusion.interval.start), "to": text(exclusion.interval.end),
            "notice_at": text(exclusion.noticeAt), "evidence": .text(exclusion.evidence),
            "recorded_at": text(exclusion.recordedAt), "recorded_by": .text(exclusion.recordedBy),
            "revoked_at": text(exclusion.revokedAt), "revoked_by": JSONValue(entry.revokedBy),
            "revocation_reason": JSONValue(entry.reason),
            "admitted": .flag(exclusion.refusal(under: agreement.notice) == nil),
            "refusal": JSONValue(exclusion.refusal(under: agreement.notice)?.description),
            "open": .flag(exclusion.isOpen), "kind": JSONValue(entry.details.kind?.rawValue),
            "act": JSONValue(entry.details.act?.rawValue), "breach": JSONValue(entry.details.breach),
            "outage_service": JSONValue(entry.details.outage?.service),
            "outage_from": text(entry.details.outage?.start), "origin": JSONValue(entry.details.origin),
        ]
    }

    private static func scope(_ exclusion: Exclusion) -> String {
        exclusion.scope.map(\.text).joined(separator: " ")
    }

    private static func status(_ entry: Entry, under agreement: Agreement) -> String {
        if entry.exclusion.revokedAt != nil {
            return "revoked by \(entry.revokedBy ?? ""): \(entry.reason ?? "")"
        }
        return entry.exclusion.refusal(under: agreement.notice).map { "not admitted: \($0)" } ?? "admitted"
    }
}
