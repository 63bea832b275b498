import GRDB
import SLA

extension Ledger {
    /// The alerts numbered above `number` that nobody has yet marked as delivered, in the order in which they were
    /// decided; at most `limit` of them, which is not negative.
    ///
    /// Only the first call looks through the whole history: what is delivered stays so, and the ledger
    /// remembers up to where all of it is.
    /// - Throws: ``LedgerError``.
    public func undelivered(after number: Int64 = 0, limit: Int) throws -> [OutboxEntry] {
        let watermark = outboxWatermark.withLock { $0 }
        let (entries, last) = try read { snapshot in
            (
                try snapshot.undelivered(after: max(number, watermark), limit: max(1, limit)),
                try Int64.fetchOne(snapshot.db, sql: "SELECT max(id) FROM outbox") ?? 0
            )
        }
        // All before the first undelivered one is delivered, of what this snapshot shows; numbers only grow,
        // so what comes later lies behind the mark.
        let delivered = entries.first.map { $0.id - 1 } ?? last
        if number <= watermark { outboxWatermark.withLock { $0 = max($0, delivered) } }
        return Array(entries.prefix(limit))
    }
}
