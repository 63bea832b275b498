import GRDB
import SLA

extension FactWriter {
    func add(_ recorded: RecordedIncidentEvent) throws {
        let (event, columns) = (recorded.event, IncidentEventColumns(recorded.event.change))
        try db.cachedStatement(
            sql: """
                INSERT INTO incident_events (incident, at, recorded_at, by, kind, class, text, services)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            recorded.incident, event.at.milliseconds, event.recordedAt.milliseconds, event.by, columns.kind.rawValue,
            // SQLite reads a text only up to its first NUL, and a cause may quote a server.
            columns.classification?.rawValue, columns.text.replacing("\0", with: "\u{FFFD}"),
            try JSONText.encode(columns.services.map(AffectedServiceJSON.init)),
        ])
    }
}
