import SLA

/// Exclusions of the record.
public struct ExclusionDocument: Document {
    /// A recorded exclusion and why it was revoked, if it was.
    public struct Entry: Sendable {
        let exclusion: Exclusion
        let revokedBy: String?
        let reason: String?
        let details: ExclusionDetails

        /// `recorded` as it is in the record.
        public init(_ recorded: RecordedExclusion) {
            self.init(
                recorded.exclusion, revokedBy: recorded.revokedBy, reason: recorded.revocationReason,
                details: recorded.details)
        }

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

    private let entries: [Entry]
    private let agreement: Agreement

    /// The document of `entries`, in their order.
    public init(_ entries: [Entry], under agreement: Agreement) {
        self.entries = entries
        self.agreement = agreement
    }

    /// The format that `replay` reads, instants in the agreement's zone; with a column for recurring plans where any is
    /// of one.
    public var csv: String {
        let havePlans = entries.contains { $0.exclusion.plan != nil }
        return CSVWriter.record(
            [
                "id", "category", "scope", "from", "to", "notice_at", "evidence", "recorded_at", "recorded_by",
                "revoked_at",
            ] + (havePlans ? ["plan"] : []))
            + entries.map { entry in
                let exclusion = entry.exclusion
                func text(_ instant: Instant?) -> String {
                    instant.map { RFC3339.text($0, in: agreement.calendar.zone) } ?? ""
                }
                return CSVWriter.record(
                    [
                        exclusion.id, exclusion.category.rawValue, Self.scope(exclusion),
                        text(exclusion.interval.start),
                        text(exclusion.interval.end), text(exclusion.noticeAt),
                        entry.details.evidenceText(exclusion.evidence),
                        text(exclusion.recordedAt), exclusion.recordedBy, text(exclusion.revokedAt),
                    ] + (havePlans ? [exclusion.plan ?? ""] : []))
            }.joined()
    }

    /// A table, with whether each is admitted.
    public var text: String {
        let zone = agreement.calendar.zone
        var table = TextTable([
            ("ID", .left), ("CATEGORY", .left), ("SCOPE", .left), ("FROM", .left), ("TO", .left), ("STATUS", .left),
            ("RECORDED BY", .left), ("EVIDENCE", .left),
        ])
        for entry in entries {
            let exclusion = entry.exclusion
            table.add([
                exclusion.id, exclusion.category.rawValue, Self.scope(exclusion),
                RFC3339.text(exclusion.interval.start, in: zone),
                exclusion.isOpen ? "open" : RFC3339.text(exclusion.interval.end, in: zone),
                Self.status(entry, under: agreement), exclusion.recordedBy,
                entry.details.evidenceText(exclusion.evidence),
            ])
        }
        return table.text
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject("exclusions", ["exclusions": .list(entries.map { .object(Self.members($0, under: agreement)) })])
    }

    /// One of them for programs.
    public static func members(_ entry: Entry, under agreement: Agreement) -> [String: JSONValue] {
        let (exclusion, zone) = (entry.exclusion, agreement.calendar.zone)
        let refusal = exclusion.refusal(under: agreement)
        return [
            "id": .text(exclusion.id), "category": .text(exclusion.category.rawValue),
            "clause": .text(exclusion.category.clauses), "scope": .text(scope(exclusion)),
            "from": .instant(exclusion.interval.start, zone), "to": .instant(exclusion.interval.end, zone),
            "notice_at": .instant(exclusion.noticeAt, zone), "evidence": .text(exclusion.evidence),
            "recorded_at": .instant(exclusion.recordedAt, zone), "recorded_by": .text(exclusion.recordedBy),
            "revoked_at": .instant(exclusion.revokedAt, zone), "revoked_by": JSONValue(entry.revokedBy),
            "revocation_reason": JSONValue(entry.reason), "admitted": .flag(refusal == nil),
            "refusal": JSONValue(refusal?.description), "open": .flag(exclusion.isOpen),
            "kind": JSONValue(entry.details.kind?.rawValue), "act": JSONValue(entry.details.act?.rawValue),
            "breach": JSONValue(entry.details.breach), "outage_service": JSONValue(entry.details.outage?.service),
            "outage_from": .instant(entry.details.outage?.start, zone), "origin": JSONValue(entry.details.origin),
            "plan": JSONValue(exclusion.plan),
        ]
    }

    static func scope(_ exclusion: Exclusion) -> String {
        exclusion.scope.map(\.text).joined(separator: " ")
    }

    static func status(_ entry: Entry, under agreement: Agreement) -> String {
        if entry.exclusion.revokedAt != nil {
            return "revoked by \(entry.revokedBy ?? ""): \(entry.reason ?? "")"
        }
        return entry.exclusion.refusal(under: agreement).map { "not admitted: \($0)" } ?? "admitted"
    }
}
