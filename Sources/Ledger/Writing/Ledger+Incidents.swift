import GRDB
import SLA

extension Ledger {
    /// Opens an incident under the next number.
    ///
    /// - Parameter history: the opening, and what is recorded together with it.
    /// - Returns: the incident.
    /// - Throws: ``IncidentError/refused(id:_:)``, ``LedgerError``.
    public func openIncident(_ history: [IncidentEvent]) throws -> Incident {
        try write { db in
            let number = try LedgerSnapshot(db: db, path: path).lastIncidentNumber() + 1
            let incident = try Self.possible("I\(number)") { () throws(IncidentRefusal) in
                try Incident(number: number, history: history)
            }
            for event in history { try Self.add(RecordedIncidentEvent(incident: number, event: event), to: db) }
            return incident
        }
    }

    /// Records `event` as the next of the incident called `id`: of two people who end it at once, one is refused.
    ///
    /// - Returns: the incident with the event.
    /// - Throws: ``IncidentError/unknown(id:last:)``, ``IncidentError/refused(id:_:)``, ``LedgerError``.
    public func record(_ event: IncidentEvent, ofIncident id: String) throws -> Incident {
        try write { db in
            let snapshot = LedgerSnapshot(db: db, path: path)
            guard var incident = try snapshot.incident(id, asOf: .distantFuture) else {
                throw IncidentError.unknown(id: id, last: try snapshot.lastIncidentNumber())
            }
            try Self.possible(id) { () throws(IncidentRefusal) in try incident.append(event) }
            try Self.add(RecordedIncidentEvent(incident: incident.number, event: event), to: db)
            return incident
        }
    }

    /// Whether incidents are still as `version` says, where it says anything.
    func requireVersion(_ version: Int64?, in db: Database) throws {
        guard let version else { return }
        if try LedgerSnapshot(db: db, path: path).incidentsVersion() != version { throw IncidentError.changed }
    }

    private static func possible<T>(_ id: String, _ body: () throws(IncidentRefusal) -> T) throws -> T {
        do throws(IncidentRefusal) {
            return try body()
        } catch {
            throw IncidentError.refused(id: id, error)
        }
    }

    static func add(_ recorded: RecordedIncidentEvent, to db: Database) throws {
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
