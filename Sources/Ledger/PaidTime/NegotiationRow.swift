import GRDB
import SLA

/// A row of `negotiations`: an amount that was agreed, or the end of that agreement where there is none.
struct NegotiationRow: FactRow {
    static let table = FactTable.negotiations

    var number: Int64?
    var month: String
    var service: String
    /// A decimal.
    var amount: String?
    var reason: String
    var at: Int64
    var by: String

    init(_ negotiation: Negotiation) {
        month = negotiation.month.description
        service = negotiation.service
        amount = negotiation.amount?.description
        reason = negotiation.reason
        at = negotiation.recordedAt.milliseconds
        by = negotiation.recordedBy
    }

    func negotiation() throws -> Negotiation {
        Negotiation(
            month: try parsed(month, CodingKeys.month) { CivilMonth($0) }, service: service,
            amount: try amount.map { try parsed($0, CodingKeys.amount) { ExactDecimal($0) } }, reason: reason,
            recordedAt: Instant(milliseconds: at), recordedBy: by)
    }
}

extension FactWriter {
    func add(_ negotiation: Negotiation) throws { try NegotiationRow(negotiation).insert(db) }
}

extension LedgerSnapshot {
    /// Every amount ever agreed as compensation, and every end of such an agreement, in the order in which they were
    /// recorded.
    /// - Throws: ``LedgerError``.
    public func negotiations() throws -> [Negotiation] {
        try every { (row: NegotiationRow) in try row.negotiation() }
    }
}
