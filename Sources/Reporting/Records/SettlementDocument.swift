import SLA

/// All that people have said of compensation, as `availd compensation records` shows it: its CSV is what `replay` reads.
public struct SettlementDocument: Document {
    private let settlements: Settlements
    private let catalog: Catalog

    /// The document of `settlements`, in their order; `catalog` has their services.
    public init(_ settlements: Settlements, catalog: Catalog) {
        self.settlements = settlements
        self.catalog = catalog
    }

    private var zone: TimeZoneRules { catalog.agreement.calendar.zone }

    /// `settlements.csv`.
    public var csv: String {
        func text(_ instant: Instant) -> String { RFC3339.text(instant, in: zone) }
        let negotiations = settlements.negotiations.map { record in
            [
                "negotiation", "", record.month.description, record.service, "",
                record.amount == nil ? "withdrawn" : "agreed",
                record.amount?.description ?? "", record.reason, "", text(record.recordedAt), record.recordedBy,
            ]
        }
        let claims = settlements.claims.flatMap { claim in
            claim.steps.map { step in
                [
                    "claim", claim.id, claim.month.description, claim.service, claim.incident ?? "", step.kind.rawValue,
                    step.amount?.description ?? "", step.text, step.evidence, text(step.at), step.by,
                ]
            }
        }
        let acceptances = settlements.acceptances.map { record in
            [
                "acceptance", "", record.month.description, record.service, "", "accepted", record.amount.description,
                record.reason, record.evidence, text(record.recordedAt), record.recordedBy,
            ]
        }
        return CSVWriter.table(
            [
                "kind", "id", "month", "service", "incident", "step", "amount", "reason", "evidence", "recorded_at",
                "recorded_by",
            ], negotiations + claims + acceptances)
    }

    /// A line for each.
    public var text: String {
        let lines = Self.history(settlements, under: catalog.agreement)
        return lines.isEmpty ? "Nothing is on record.\n" : lines
    }

    /// A line for each of `settlements`.
    static func history(_ settlements: Settlements, under agreement: Agreement) -> String {
        let (zone, currency) = (agreement.calendar.zone, agreement.compensation.currency)
        func shown(_ amount: ExactDecimal) -> String { AmountText.shown(amount.description, in: currency) }
        let negotiations = settlements.negotiations.map { record in
            let what = record.amount.map { "\(shown($0)) agreed" } ?? "agreement withdrawn"
            return "  \(RFC3339.text(record.recordedAt, in: zone)) \(record.service): \(what) by \(record.recordedBy): "
                + "\(record.reason)\n"
        }
        let claims = settlements.claims.map { ClaimDocument.history($0, in: zone, currency: currency) }
        let acceptances = settlements.acceptances.map { record in
            "  \(RFC3339.text(record.recordedAt, in: zone)) \(record.service): a credit lowered to \(shown(record.amount)) "
                + "accepted, recorded by \(record.recordedBy): \(record.reason)"
                + (record.evidence.isEmpty ? "" : " (\(record.evidence))") + "\n"
        }
        return (negotiations + claims + acceptances).joined()
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject("settlements", Self.members(settlements, in: catalog))
    }

    /// The parts of `settlements` for programs.
    static func members(_ settlements: Settlements, in catalog: Catalog) -> [String: JSONValue] {
        let zone = catalog.agreement.calendar.zone
        return [
            "records": .list(
                settlements.negotiations.map { record in
                    var members = ReportJSON.negotiation(record, in: zone)
                    members["service"] = .text(record.service)
                    members["month"] = .text(record.month.description)
                    return .object(members)
                }),
            "claims": .list(settlements.claims.map { .object(ClaimDocument.members($0, in: catalog)) }),
            "acceptances": .list(settlements.acceptances.map { .object(members($0, in: zone)) }),
        ]
    }

    /// One acceptance for programs.
    public static func members(_ acceptance: Acceptance, in zone: TimeZoneRules) -> [String: JSONValue] {
        [
            "service": .text(acceptance.service), "month": .text(acceptance.month.description),
            "amount": .number(acceptance.amount.description), "reason": .text(acceptance.reason),
            "evidence": .text(acceptance.evidence), "recorded_at": .instant(acceptance.recordedAt, zone),
            "recorded_by": .text(acceptance.recordedBy),
        ]
    }
}
