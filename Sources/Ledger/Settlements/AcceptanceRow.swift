import GRDB
import SLA

/// A row of `acceptances`.
struct AcceptanceRow: FactRow {
    static let table = FactTable.acceptances

    var number: Int64?
    var month: String
    var service: String
    /// A decimal.
    var amount: String
    var reason: String
    var evidence: String
    var at: Int64
    var by: String

    init(_ acceptance: Acceptance) {
        month = acceptance.month.description
        service = acceptance.service
        amount = acceptance.amount.description
        reason = acceptance.reason
        evidence = acceptance.evidence
        at = acceptance.recordedAt.milliseconds
        by = acceptance.recordedBy
    }

    func acceptance() throws -> Acceptance {
        Acceptance(
            month: try parsed(month, CodingKeys.month) { CivilMonth($0) }, service: service,
            amount: try parsed(amount, CodingKeys.amount) { ExactDecimal($0) }, reason: reason, evidence: evidence,
            recordedAt: Instant(milliseconds: at), recordedBy: by)
    }
}

extension FactWriter {
    func add(_ acceptance: Acceptance) throws { try AcceptanceRow(acceptance).insert(db) }
}

extension LedgerSnapshot {
    /// Every acceptance of a lowered credit, in the order in which they were recorded.
    /// - Throws: ``LedgerError``.
    public func acceptances() throws -> [Acceptance] {
        try every { (row: AcceptanceRow) in try row.acceptance() }
    }
}
