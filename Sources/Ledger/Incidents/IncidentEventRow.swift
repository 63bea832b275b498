import GRDB
import SLA

/// A row of `incident_events`.
struct IncidentEventRow: FactRow {
    static let table = FactTable.incidentEvents

    var number: Int64?
    /// The number in `I7`.
    var incident: Int64
    var at: Int64
    var recordedAt: Int64
    var by: String
    var kind: String
    /// The class that was given, of a classification alone.
    var classification: String?
    /// The words that go with it.
    var text: String
    /// A JSON array of ``AffectedServiceJSON``.
    var services: String

    enum CodingKeys: String, CodingKey {
        case number, incident, at, by, kind, text, services
        case recordedAt = "recorded_at"
        case classification = "class"
    }

    init(_ recorded: RecordedIncidentEvent) throws {
        let (event, columns) = (recorded.event, try IncidentEventColumns(recorded.event.change))
        incident = recorded.incident
        at = event.at.milliseconds
        recordedAt = event.recordedAt.milliseconds
        by = event.by
        kind = columns.kind.rawValue
        classification = columns.classification?.rawValue
        // SQLite reads a text only up to its first NUL, and a cause may quote a server.
        text = columns.text.replacing("\0", with: "\u{FFFD}")
        services = try JSONText.encode(columns.services.map { try AffectedServiceJSON($0) })
    }

    func event() throws -> IncidentEvent {
        let columns = IncidentEventColumns(
            kind: try named(kind, CodingKeys.kind),
            classification: try classification.map { try named($0, CodingKeys.classification) }, text: text,
            services: try JSONText.decode([AffectedServiceJSON].self, from: services, CodingKeys.services).map(\.value))
        guard let change = columns.change else {
            throw ColumnDamage(CodingKeys.kind, "an event of an incident without what it says")
        }
        return IncidentEvent(
            at: Instant(milliseconds: at), recordedAt: Instant(milliseconds: recordedAt), by: by, change)
    }
}

extension FactWriter {
    func add(_ event: RecordedIncidentEvent) throws { try IncidentEventRow(event).insert(db) }
}
