import SLA

/// Voids or downtimes of the record.
public struct CorrectionDocument: Document {
    private let kind: Correction.Kind
    private let corrections: [Correction]
    private let zone: TimeZoneRules

    /// The document of `corrections`, all of `kind`, in their order; instants in `zone`.
    public init(_ kind: Correction.Kind, _ corrections: [Correction], in zone: TimeZoneRules) {
        self.kind = kind
        self.corrections = corrections
        self.zone = zone
    }

    /// The format that `replay` reads.
    public var csv: String { Self.table(of: corrections, in: zone) }

    /// `voids.csv`, of voids and downtimes alike.
    public static func table(of corrections: [Correction], in zone: TimeZoneRules) -> String {
        CSVWriter.table(
            [
                "id", "kind", "scope", "from", "to", "reason", "evidence", "recorded_at", "recorded_by", "revoked_at",
            ],
            corrections.map { correction in
                func text(_ instant: Instant?) -> String { instant.map { RFC3339.text($0, in: zone) } ?? "" }
                return [
                    correction.id, correction.kind.rawValue, scope(correction), text(correction.interval.start),
                    text(correction.interval.end), correction.reason, correction.evidence,
                    text(correction.recordedAt), correction.recordedBy, text(correction.revocation?.at),
                ]
            })
    }

    /// A table, with whether each is applied.
    public var text: String {
        var table = TextTable([
            ("ID", .left), ("SCOPE", .left), ("FROM", .left), ("TO", .left), ("STATUS", .left), ("RECORDED BY", .left),
            ("REASON", .left), ("EVIDENCE", .left),
        ])
        for correction in corrections {
            table.add([
                correction.id, Self.scope(correction), RFC3339.text(correction.interval.start, in: zone),
                Self.end(of: correction, in: zone), Self.status(correction), correction.recordedBy, correction.reason,
                correction.evidence,
            ])
        }
        return table.text
    }

    /// The same for programs.
    public var json: JSONObject {
        let list = JSONValue.list(corrections.map { .object(Self.members($0, in: zone)) })
        return switch kind {
        case .void: JSONObject("voids", ["voids": list])
        case .downtime: JSONObject("downtimes", ["downtimes": list])
        }
    }

    /// One of them for programs.
    public static func members(_ correction: Correction, in zone: TimeZoneRules) -> [String: JSONValue] {
        [
            "id": .text(correction.id), "kind": .text(correction.kind.rawValue),
            "scope": .text(scope(correction)), "from": .instant(correction.interval.start, zone),
            "to": .instant(correction.isOpen ? nil : correction.interval.end, zone),
            "reason": .text(correction.reason), "evidence": .text(correction.evidence),
            "recorded_at": .instant(correction.recordedAt, zone), "recorded_by": .text(correction.recordedBy),
            "revoked_at": .instant(correction.revocation?.at, zone), "revoked_by": JSONValue(correction.revocation?.by),
            "revocation_reason": JSONValue(correction.revocation?.reason),
            "applied": .flag(correction.refusal == nil && correction.revocation == nil),
            "refusal": JSONValue(correction.refusal?.description),
        ]
    }

    static func scope(_ correction: Correction) -> String { correction.scope.map(\.text).joined(separator: " ") }

    static func end(of correction: Correction, in zone: TimeZoneRules) -> String {
        correction.isOpen ? "open" : RFC3339.text(correction.interval.end, in: zone)
    }

    private static func status(_ correction: Correction) -> String {
        if let revocation = correction.revocation { return "revoked by \(revocation.by): \(revocation.reason)" }
        return correction.refusal.map { "not applied: \($0)" } ?? "applied"
    }
}
