import GRDB
import SLA

extension LedgerSnapshot {
    /// Every incident that was known at `asOf`, by number, each with its history up to then.
    /// - Throws: ``LedgerError``.
    public func incidents(asOf: Instant) throws -> [Incident] {
        try incidents(where: "TRUE", [], asOf: asOf)
    }

    /// The incidents that nobody has ended, by number.
    /// - Throws: ``LedgerError``.
    public func openIncidents() throws -> [Incident] {
        try incidents(
            where: """
                incident NOT IN (SELECT incident FROM incident_events WHERE kind IN ('resolved', 'irrecoverable'))
                """, [], asOf: .distantFuture)
    }

    /// The incident called `id` with its history up to `asOf`; nil where it was not known then.
    /// - Throws: ``LedgerError``.
    public func incident(_ id: String, asOf: Instant) throws -> Incident? {
        guard id.hasPrefix("I"), let number = Int64(id.dropFirst()), "I\(number)" == id else { return nil }
        return try incidents(where: "incident = ?", [number], asOf: asOf).first
    }

    /// The number of the last incident that was opened; 0 where there is none.
    /// - Throws: ``LedgerError``.
    public func lastIncidentNumber() throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT max(incident) FROM incident_events") ?? 0
    }

    /// A number that grows whenever something is recorded of an incident, by whichever program, and only then.
    /// It takes constant time to read.
    /// - Throws: ``LedgerError``.
    public func incidentsVersion() throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(number) FROM incident_events")) ?? 0
    }

    private func incidents(
        where condition: String, _ arguments: StatementArguments, asOf: Instant
    ) throws -> [Incident] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT incident, at, recorded_at, by, kind, class, text, services
                FROM incident_events WHERE \(condition) ORDER BY incident, number
                """, arguments: arguments)
        var histories: [(number: Int64, events: [IncidentEvent], isCut: Bool)] = []
        while let row = try rows.next() {
            let number = try row.decode(Int64.self, atIndex: 0)
            if histories.last?.number != number { histories.append((number, [], false)) }
            let (last, event) = (histories.count - 1, try incidentEvent(row))
            // What follows something that is not yet known is not known either, whatever a clock said meanwhile.
            if histories[last].isCut || event.recordedAt > asOf {
                histories[last].isCut = true
            } else {
                histories[last].events.append(event)
            }
        }
        return try histories.filter { !$0.events.isEmpty }.map { number, events, _ in
            do throws(IncidentRefusal) {
                return try Incident(number: number, history: events)
            } catch {
                throw LedgerError.damaged(path: path, reason: "incident I\(number): \(error)")
            }
        }
    }

    private func incidentEvent(_ row: Row) throws -> IncidentEvent {
        let services = try JSONText.decode(
            [AffectedServiceJSON].self, from: try row.decode(String.self, atIndex: 7), path: path
        ).map(\.value)
        let hasClass = try row.decode(String?.self, atIndex: 5) != nil
        let columns = IncidentEventColumns(
            kind: try row.named(4, path: path), classification: hasClass ? try row.named(5, path: path) : nil,
            text: try row.decode(String.self, atIndex: 6), services: services)
        guard let change = columns.change else {
            throw LedgerError.damaged(path: path, reason: "an event of an incident without what it says")
        }
        return IncidentEvent(
            at: try row.instant(1), recordedAt: try row.instant(2), by: try row.decode(String.self, atIndex: 3), change)
    }
}
