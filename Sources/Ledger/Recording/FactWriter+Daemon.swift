import GRDB
import SLA

extension FactWriter {
    func add(_ transition: Transition) throws {
        try db.cachedStatement(sql: "INSERT INTO transitions (service, state, since, at) VALUES (?, ?, ?, ?)")
            .execute(arguments: [
                transition.service, transition.state.rawValue, transition.since.milliseconds,
                transition.at.milliseconds,
            ])
    }

    func add(_ alert: Alert) throws {
        try db.cachedStatement(sql: "INSERT INTO outbox (event, subject, at, fields) VALUES (?, ?, ?, ?)")
            .execute(arguments: [
                alert.event.rawValue, alert.subject, alert.at.milliseconds,
                try JSONText.encode(alert.fields.map { [$0.key, $0.value] }),
            ])
    }

    func addDelivery(of alert: Int64, at: Instant) throws {
        try db.cachedStatement(sql: "INSERT INTO outbox_deliveries (outbox, at) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .execute(arguments: [alert, at.milliseconds])
    }

    func add(_ event: DaemonEvent) throws {
        try db.cachedStatement(sql: "INSERT INTO daemon_events (kind, at, pid, version, text) VALUES (?, ?, ?, ?, ?)")
            .execute(arguments: [event.kind.rawValue, event.at.milliseconds, event.pid, event.version, event.text])
    }
}
