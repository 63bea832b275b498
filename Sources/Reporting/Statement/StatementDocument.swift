import SLA

/// A closed month: who closed it when, its digests, and what an amendment changed and why.
public struct StatementDocument: Document {
    private let statement: ClosedStatement

    /// The document of `statement`.
    public init(_ statement: ClosedStatement) {
        self.statement = statement
    }

    /// Who, when, by what, and what changed.
    public var text: String {
        let (draft, digests, zone) = (statement.draft, statement.draft.digests, statement.zone)
        let lines: [(String, String)] = [
            ("closed", RFC3339.text(draft.closedAt, in: zone) + " by " + draft.closedBy),
            ("reason", draft.reason), ("as of", RFC3339.text(draft.asOf, in: zone)), ("availd", draft.program),
            ("report", digests.csv), ("inputs", digests.inputs), ("agreement", digests.agreement),
            ("terms", digests.terms), ("exclusions", digests.exclusions), ("negotiations", digests.negotiations),
            ("samples", digests.samples),
            ("previous", statement.previousSeal), ("seal", statement.seal),
        ]
        let facts = lines.filter { !$0.1.isEmpty }.map { name, value in
            name + String(repeating: " ", count: 14 - name.count) + value.onOneLine + "\n"
        }
        return StatementChangesText.heading(statement) + "\n\n" + facts.joined()
            + StatementChangesText.changes(statement) + measured + agreed
    }

    /// What its verdicts rest on.
    private var measured: String {
        let rows = ReportTable(csv: statement.draft.csv)?.measured ?? []
        let lines = rows.map { row in
            "  \(row.service.onOneLine) \(DurationText.spoken(row.measured)) of \(DurationText.spoken(row.measurable))\n"
        }
        return lines.isEmpty ? "" : "\nMeasured:\n" + lines.joined()
    }

    /// The contracts of its services, and what was agreed with the customers.
    private var agreed: String {
        guard let inputs = statement.inputs else { return "" }
        let contracts = inputs.catalog.services.compactMap { ContractText.line(of: $0.id, in: inputs.catalog) }
        let settlements = SettlementDocument.history(inputs.settlements, under: inputs.catalog.agreement)
        return (contracts.isEmpty ? "" : "\nContracts:\n" + contracts.map { "  \($0)\n" }.joined())
            + (settlements.isEmpty ? "" : "\nAgreed:\n" + settlements)
    }

    /// The same, and each change.
    public var json: JSONObject { JSONObject("statement", statement.wholeMembers) }

    /// The row that the list has.
    public var csv: String { StatementList([statement]).csv }
}
