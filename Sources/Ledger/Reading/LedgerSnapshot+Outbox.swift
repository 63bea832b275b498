import GRDB
import SLA

extension LedgerSnapshot {
    /// For each subject the last alert decided among those of `events`, in the order in which they were
    /// decided: what a daemon that starts restores its latches from.
    /// - Throws: ``LedgerError``.
    public func latestAlerts(of events: [AlertEvent]) throws -> [Alert] {
        let marks = Array(repeating: "?", count: events.count).joined(separator: ", ")
        return try entries(
            "id IN (SELECT max(id) FROM outbox WHERE event IN (\(marks)) GROUP BY subject) ORDER BY id",
            StatementArguments(events.map(\.rawValue))
        ).map(\.alert)
    }

    /// Every alert among those of `events` that was decided at `instant` or later, in the order in which they were
    /// decided.
    /// - Throws: ``LedgerError``.
    public func alerts(of events: [AlertEvent], since instant: Instant) throws -> [Alert] {
        let marks = Array(repeating: "?", count: events.count).joined(separator: ", ")
        return try entries(
            "event IN (\(marks)) AND at >= ? ORDER BY id",
            StatementArguments(events.map(\.rawValue)) + [instant.milliseconds]
        ).map(\.alert)
    }

    /// The alerts numbered above `id` that are not delivered, in order, at most `limit`.
    func undelivered(after id: Int64, limit: Int) throws -> [OutboxEntry] {
        try entries(
            """
            id > ? AND NOT EXISTS (SELECT 1 FROM outbox_deliveries WHERE outbox = outbox.id)
            ORDER BY id LIMIT ?
            """, [id, limit])
    }

    private func entries(_ condition: String, _ arguments: StatementArguments) throws -> [OutboxEntry] {
        let statement = try db.cachedStatement(
            sql: "SELECT id, event, subject, at, fields FROM outbox WHERE \(condition)")
        return try Row.fetchAll(statement, arguments: arguments).map { row in
            let pairs = try JSONText.decode(
                [[String]].self, from: try row.decode(String.self, atIndex: 4), path: path)
            let fields = try pairs.map { pair in
                guard pair.count == 2 else {
                    throw LedgerError.damaged(path: path, reason: "an alert's field is no pair: \(pair)")
                }
                return Alert.Field(pair[0], pair[1])
            }
            return OutboxEntry(
                id: try row.decode(Int64.self, atIndex: 0),
                alert: Alert(
                    event: try row.named(1, path: path), subject: try row.decode(String.self, atIndex: 2),
                    at: try row.instant(3), fields: fields))
        }
    }
}
