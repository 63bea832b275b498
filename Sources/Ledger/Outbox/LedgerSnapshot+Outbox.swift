import GRDB
import SLA

extension LedgerSnapshot {
    /// For each subject the last alert decided among those of `events`, in the order in which they were
    /// decided: what a daemon that starts restores its latches from.
    /// - Throws: ``LedgerError``.
    public func latestAlerts(of events: [AlertEvent]) throws -> [Alert] {
        let latest = OutboxRow.filter(events.map(\.rawValue).contains(Column("event")))
            .select(max(Column("id"))).group(Column("subject"))
        return try all(OutboxRow.filter(latest.contains(Column("id"))).order(Column("id"))) { try $0.alert() }
    }

    /// Every alert among those of `events` that was decided at `instant` or later, in the order in which they were
    /// decided.
    /// - Throws: ``LedgerError``.
    public func alerts(of events: [AlertEvent], since instant: Instant) throws -> [Alert] {
        let rows = OutboxRow.filter(
            events.map(\.rawValue).contains(Column("event")) && Column("at") >= instant.milliseconds)
        return try all(rows.order(Column("id"))) { try $0.alert() }
    }

    /// The alerts numbered above `id` that are not delivered, in order, at most `limit`.
    func undelivered(after id: Int64, limit: Int) throws -> [OutboxEntry] {
        let rows = OutboxRow.filter(Column("id") > id)
            .filter(sql: "NOT EXISTS (SELECT 1 FROM outbox_deliveries WHERE outbox_deliveries.outbox = outbox.id)")
        return try all(rows.order(Column("id")).limit(limit)) { row in
            OutboxEntry(id: row.id ?? 0, alert: try row.alert())
        }
    }
}
