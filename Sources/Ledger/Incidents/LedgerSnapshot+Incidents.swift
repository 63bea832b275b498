import GRDB
import SLA

extension LedgerSnapshot {
    /// Every incident that was known at `asOf`, by number, each with its history up to then.
    /// - Throws: ``LedgerError``.
    public func incidents(asOf: Instant) throws -> [Incident] {
        try incidents(IncidentEventRow.all(), asOf: asOf)
    }

    /// The incidents of which something was recorded since ``incidentsVersion()`` was `version`, by number, each with
    /// its whole history.
    /// - Throws: ``LedgerError``.
    public func incidents(changedSince version: Int64) throws -> [Incident] {
        let changed = IncidentEventRow.filter(Column("number") > version).select(Column("incident"))
        return try incidents(IncidentEventRow.filter(changed.contains(Column("incident"))), asOf: .distantFuture)
    }

    /// The incident called `id` with its history up to `asOf`; nil where it was not known then.
    /// - Throws: ``LedgerError``.
    public func incident(_ id: String, asOf: Instant) throws -> Incident? {
        guard id.hasPrefix("I"), let number = Int64(id.dropFirst()), "I\(number)" == id else { return nil }
        return try incidents(IncidentEventRow.filter(Column("incident") == number), asOf: asOf).first
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

    private func incidents(_ rows: QueryInterfaceRequest<IncidentEventRow>, asOf: Instant) throws -> [Incident] {
        let events = try all(rows.order(Column("incident"), Column("number"))) { ($0.incident, try $0.event()) }
        var histories: [(number: Int64, events: [IncidentEvent], isCut: Bool)] = []
        for (number, event) in events {
            if histories.last?.number != number { histories.append((number, [], false)) }
            let last = histories.count - 1
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
}
