import GRDB
import SLA

extension LedgerSnapshot {
    /// Every amount ever agreed as compensation, and every end of such an agreement, in the order in which they were
    /// recorded.
    /// - Throws: ``LedgerError``.
    public func negotiations() throws -> [Negotiation] {
        try Row.fetchAll(
            db, sql: "SELECT month, service, amount, reason, at, by FROM negotiations ORDER BY number"
        ).map { row in
            let (month, amount) = (
                try row.decode(String.self, atIndex: 0), try row.decode(String?.self, atIndex: 2)
            )
            guard let civilMonth = CivilMonth(month), amount == nil || amount.flatMap({ ExactDecimal($0) }) != nil
            else {
                throw LedgerError.damaged(path: path, reason: "a negotiation of \(amount ?? "") for \(month)")
            }
            return Negotiation(
                month: civilMonth, service: try row.decode(String.self, atIndex: 1),
                amount: amount.flatMap { ExactDecimal($0) }, reason: try row.decode(String.self, atIndex: 3),
                recordedAt: try row.instant(4), recordedBy: try row.decode(String.self, atIndex: 5))
        }
    }
}
