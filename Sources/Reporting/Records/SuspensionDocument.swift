import SLA

/// Locks and ends of services (clause 3.2), which are exclusions.
public struct SuspensionDocument: Document {
    private let entries: [ExclusionDocument.Entry]
    private let agreement: Agreement

    /// The document of `entries`, in their order.
    public init(_ entries: [ExclusionDocument.Entry], under agreement: Agreement) {
        self.entries = entries
        self.agreement = agreement
    }

    /// A table.
    public var text: String {
        let zone = agreement.calendar.zone
        var table = TextTable([
            ("ID", .left), ("ACT", .left), ("SCOPE", .left), ("FROM", .left), ("TO", .left), ("STATUS", .left),
            ("RECORDED BY", .left), ("BREACH", .left), ("EVIDENCE", .left),
        ])
        for entry in entries {
            let exclusion = entry.exclusion
            table.add([
                exclusion.id, entry.details.act?.rawValue ?? "-", ExclusionDocument.scope(exclusion),
                RFC3339.text(exclusion.interval.start, in: zone),
                exclusion.isOpen ? "open" : RFC3339.text(exclusion.interval.end, in: zone),
                ExclusionDocument.status(entry, under: agreement), exclusion.recordedBy, entry.details.breach ?? "-",
                exclusion.evidence,
            ])
        }
        return table.text
    }

    /// The same, as exclusions are for programs.
    public var json: JSONObject {
        JSONObject(
            "suspensions",
            ["suspensions": .list(entries.map { .object(ExclusionDocument.members($0, under: agreement)) })])
    }

    /// The rows of `exclusions.csv`.
    public var csv: String { ExclusionDocument(entries, under: agreement).csv }
}
