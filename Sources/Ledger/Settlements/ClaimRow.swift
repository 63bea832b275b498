import GRDB
import SLA

/// A row of `claims`: a claim as it was opened.
struct ClaimRow: FactRow {
    static let table = FactTable.claims

    var number: Int64?
    var service: String
    var month: String
    var incident: String?
    /// A decimal.
    var amount: String?
    var text: String
    var evidence: String
    var at: Int64
    var by: String

    init(_ claim: Claim, _ opened: Claim.Step) {
        service = claim.service
        month = claim.month.description
        incident = claim.incident
        amount = opened.amount?.description
        text = opened.text
        evidence = opened.evidence
        at = opened.at.milliseconds
        by = opened.by
    }

    func claim(_ steps: [Claim.Step]) throws -> Claim {
        let opened = Claim.Step(
            kind: .opened, amount: try amount.map { try parsed($0, CodingKeys.amount) { ExactDecimal($0) } },
            text: text,
            evidence: evidence, at: Instant(milliseconds: at), by: by)
        return Claim(
            id: Self.id(number ?? 0), service: service, month: try parsed(month, CodingKeys.month) { CivilMonth($0) },
            incident: incident, steps: [opened] + steps)
    }

    /// What people call the claim numbered `number`.
    static func id(_ number: Int64) -> String { "C\(number)" }
}

/// A row of `claim_steps`.
struct ClaimStepRow: FactRow {
    static let table = FactTable.claimSteps

    var number: Int64?
    /// The number of the claim.
    var claim: Int64
    var kind: String
    /// A decimal.
    var amount: String?
    var text: String
    var evidence: String
    var at: Int64
    var by: String

    init(_ step: Claim.Step, of claim: Int64) {
        self.claim = claim
        kind = step.kind.rawValue
        amount = step.amount?.description
        text = step.text
        evidence = step.evidence
        at = step.at.milliseconds
        by = step.by
    }

    func step() throws -> Claim.Step {
        Claim.Step(
            kind: try named(kind, CodingKeys.kind),
            amount: try amount.map { try parsed($0, CodingKeys.amount) { ExactDecimal($0) } }, text: text,
            evidence: evidence, at: Instant(milliseconds: at), by: by)
    }
}

extension FactWriter {
    /// Adds a claim with all its steps, and gives it with its identifier.
    func add(_ draft: Claim) throws -> Claim {
        var claim = draft
        guard let opened = claim.steps.first else { return claim }
        try ClaimRow(claim, opened).insert(db)
        let number = db.lastInsertedRowID
        claim.id = ClaimRow.id(number)
        for step in claim.steps.dropFirst() { try ClaimStepRow(step, of: number).insert(db) }
        return claim
    }

    /// Adds `step` to the claim called `claim`.
    func add(_ step: Claim.Step, of claim: String) throws {
        guard let number = Int64(claim.dropFirst()) else { throw ClaimError.unknown(id: claim) }
        try ClaimStepRow(step, of: number).insert(db)
    }
}

extension LedgerSnapshot {
    /// Every claim, in the order in which they were opened.
    /// - Throws: ``LedgerError``.
    public func claims() throws -> [Claim] {
        let steps = Dictionary(
            grouping: try every { (row: ClaimStepRow) in (claim: row.claim, step: try row.step()) }, by: \.claim)
        return try every { (row: ClaimRow) in try row.claim((steps[row.number ?? 0] ?? []).map(\.step)) }
    }

    /// What people have said of compensation, of any service and any month.
    /// - Throws: ``LedgerError``.
    public func settlements() throws -> Settlements {
        Settlements(negotiations: try negotiations(), claims: try claims(), acceptances: try acceptances())
    }
}
