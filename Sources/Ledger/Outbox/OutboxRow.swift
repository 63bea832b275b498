import GRDB
import SLA

/// A row of `outbox`.
struct OutboxRow: FactRow {
    static let table = FactTable.outbox

    var id: Int64?
    var event: String
    var subject: String
    var at: Int64
    /// A JSON array of ``AlertFieldJSON``.
    var fields: String

    init(_ alert: Alert) throws {
        event = alert.event.rawValue
        subject = alert.subject
        at = alert.at.milliseconds
        fields = try JSONText.encode(alert.fields.map(AlertFieldJSON.init))
    }

    func alert() throws -> Alert {
        Alert(
            event: try named(event, CodingKeys.event), subject: subject, at: Instant(milliseconds: at),
            fields: try pairs().map(\.field))
    }

    private func pairs() throws -> [AlertFieldJSON] {
        do {
            return try JSONText.decode([AlertFieldJSON].self, from: fields, CodingKeys.fields)
        } catch {
            let texts = try? JSONText.decode([[String]].self, from: fields, CodingKeys.fields)
            guard let wrong = texts?.first(where: { $0.count != 2 }) else { throw error }
            throw ColumnDamage(CodingKeys.fields, "an alert's field is no pair: \(wrong)")
        }
    }
}

/// A row of `outbox_deliveries`.
struct OutboxDeliveryRow: FactRow {
    static let table = FactTable.outboxDeliveries

    var outbox: Int64
    var at: Int64
}

extension FactWriter {
    func add(_ alert: Alert) throws { try OutboxRow(alert).insert(db) }

    /// Notes that the alert numbered `alert` was handed over at `at`; one that already was keeps its first instant.
    func addDelivery(of alert: Int64, at: Instant) throws {
        try OutboxDeliveryRow(outbox: alert, at: at.milliseconds).insert(db, onConflict: .ignore)
    }
}
