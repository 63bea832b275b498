import Intake
import SLA

/// `settlements.csv`: what people have said of compensation (clause 7), a row for each thing said.
public enum SettlementFile {
    private static let required = ["kind", "month", "service", "amount", "recorded_at", "recorded_by"]
    private static let optional = ["id", "incident", "step", "reason", "evidence"]

    /// What a row is about.
    private enum Kind: String, CaseIterable { case negotiation, claim, acceptance }

    /// Reads `settlements.csv` at `path` (`-` is standard input).
    ///
    /// - Throws: ``InputFailure`` where the file cannot be read; `Diagnostics` naming every bad line.
    public static func settlements(path: String, catalog: Catalog) throws -> Settlements {
        let data = try InputFile.bytes(at: path)
        return try data.withUnsafeBytes { try settlements($0, file: path, catalog: catalog) }
    }

    /// Reads the content of a `settlements.csv` that is called `file` in messages.
    public static func settlements(
        _ bytes: UnsafeRawBufferPointer, file: String, catalog: Catalog
    ) throws(Diagnostics) -> Settlements {
        var table = try Table(bytes, file: file, required: required, optional: optional)
        var reader = SettlementReader(catalog: catalog)
        while table.next() {
            switch choice("kind", of: Kind.self, &table) {
            case .negotiation: reader.readNegotiation(&table)
            case .claim: reader.readClaim(&table)
            case .acceptance: reader.readAcceptance(&table)
            case nil: break
            }
        }
        try table.check()
        return reader.settlements
    }

    /// The choice in a field; nil, and reported, where it is none.
    static func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ name: String, of type: Choice.Type, _ table: inout Table
    ) -> Choice? {
        guard let text = table.text(name) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        table.report(
            name,
            "found \(text.isEmpty ? "nothing" : Diagnostic.quoted(text)), expected \(names.joined(separator: ", "))",
            nearest: nearestName(to: text, among: names))
        return nil
    }
}

/// Turns rows into what was said, and reports each that is nothing.
private struct SettlementReader {
    let catalog: Catalog
    private(set) var settlements = Settlements()
    /// Where each claim is among ``settlements``.
    private var positions: [String: Int] = [:]

    init(catalog: Catalog) { self.catalog = catalog }

    /// What every row has.
    private struct Row {
        let month: CivilMonth
        let service: String
        let amount: ExactDecimal?
        let reason: String
        let evidence: String
        let recordedAt: Instant
        let recordedBy: String
    }

    mutating func readNegotiation(_ table: inout Table) {
        guard let row = row(&table) else { return }
        settlements.negotiations.append(
            Negotiation(
                month: row.month, service: row.service, amount: row.amount, reason: row.reason,
                recordedAt: row.recordedAt, recordedBy: row.recordedBy))
    }

    mutating func readClaim(_ table: inout Table) {
        let id = table.identifier("id")
        let incident = table.unguardedText("incident")
        let kind = SettlementFile.choice("step", of: Claim.Step.Kind.self, &table)
        guard let row = row(&table), let id, let incident, let kind else { return }
        if kind == .settled, row.amount == nil {
            return table.report("amount", "found nothing, expected what was agreed")
        }
        let step = Claim.Step(
            kind: kind, amount: row.amount, text: row.reason, evidence: row.evidence, at: row.recordedAt,
            by: row.recordedBy)
        guard let position = positions[id] else {
            guard kind == .opened else { return table.report("step", "claim \(id) was not opened before") }
            positions[id] = settlements.claims.count
            settlements.claims.append(
                Claim(
                    id: id, service: row.service, month: row.month, incident: incident.isEmpty ? nil : incident,
                    steps: [step]))
            return
        }
        let claim = settlements.claims[position]
        if kind == .opened { return table.report("step", "claim \(id) was opened before") }
        guard claim.service == row.service, claim.month == row.month else {
            return table.report("service", "claim \(id) is of \(claim.service) in \(claim.month)")
        }
        settlements.claims[position].steps.append(step)
    }

    mutating func readAcceptance(_ table: inout Table) {
        guard let row = row(&table) else { return }
        guard let amount = row.amount else { return table.report("amount", "found nothing, expected what is accepted") }
        settlements.acceptances.append(
            Acceptance(
                month: row.month, service: row.service, amount: amount, reason: row.reason, evidence: row.evidence,
                recordedAt: row.recordedAt, recordedBy: row.recordedBy))
    }

    private func row(_ table: inout Table) -> Row? {
        let month = month(&table)
        let service = service(&table)
        let amount = amount(&table)
        let (reason, evidence) = (table.unguardedText("reason"), table.unguardedText("evidence"))
        let (at, by) = (table.requiredInstant("recorded_at"), table.unguardedText("recorded_by"))
        guard let month, let service, let amount, let reason, let evidence, let at, let by else { return nil }
        return Row(
            month: month, service: service, amount: amount, reason: reason, evidence: evidence, recordedAt: at,
            recordedBy: by)
    }

    private func month(_ table: inout Table) -> CivilMonth? {
        guard let text = table.text("month") else { return nil }
        if let month = CivilMonth(text) { return month }
        table.report("month", "found \(Diagnostic.quoted(text)), expected a month, as 2026-10")
        return nil
    }

    private func service(_ table: inout Table) -> String? {
        guard let id = table.unguardedText("service") else { return nil }
        if catalog.service(id) != nil { return id }
        table.report(
            "service", "unknown service \(Diagnostic.quoted(id)), expected one of the configuration's",
            nearest: nearestName(to: id, among: catalog.services.lazy.map(\.id)))
        return nil
    }

    /// The amount in the record: `.some(nil)` where the field is empty, nil, and reported, where it is none.
    private func amount(_ table: inout Table) -> ExactDecimal?? {
        guard let text = table.unguardedText("amount") else { return nil }
        if text.isEmpty { return .some(nil) }
        let currency = catalog.agreement.compensation.currency
        if let amount = AmountText.amount(text, in: currency) { return amount }
        table.report("amount", "found \(Diagnostic.quoted(text)), expected \(AmountText.expected(in: currency))")
        return nil
    }
}
