import SLA
import Wording

/// Incidents as `availd incident list` and the monthly report show them.
public struct IncidentList: Document {
    /// The incidents, by number, as they were known at ``asOf``.
    public let incidents: [Incident]
    /// The agreement that says how soon they must be handled.
    public let agreement: Agreement
    /// The instant up to which things are known.
    public let asOf: Instant
    /// The one customer who is to be told, and so sees nothing of another's (clause 5); nil for the provider.
    public let customer: String?

    /// The columns, in order: a promise to scripts, so it is written out here and held against each row.
    public static let header = [
        "incident", "opened_at", "opened_by", "services", "customers", "classification", "clause", "chargeable",
        "acknowledged_at", "recovered_at", "resolved_at", "outcome", "deadline_at", "waited_s", "handling_s",
        "allowed_s", "in_time", "as_of",
    ]

    /// A list; those that concern no service of `customer` are left out where one is given.
    public init(_ incidents: [Incident], under agreement: Agreement, asOf: Instant, customer: String? = nil) {
        self.incidents = incidents.filter { !$0.services(of: customer).isEmpty }.sorted { $0.number < $1.number }
        self.agreement = agreement
        self.asOf = asOf
        self.customer = customer
    }

    /// RFC 4180, UTF-8, CRLF: the header and a row for each incident.
    public var csv: String {
        var text = CSVWriter.record(Self.header)
        for incident in incidents {
            let row = IncidentRow(incident, in: self)
            precondition(row.cells.map(\.column) == Self.header, "a row has the promised columns")
            text += CSVWriter.record(row.cells.map(\.cell.shown))
        }
        return text
    }

    /// The same for programs, with the cause.
    public var json: JSONObject {
        JSONObject(
            "incidents",
            [
                "as_of": .instant(asOf, agreement.calendar.zone), "customer": JSONValue(customer),
                "incidents": .list(incidents.map { .object(members(of: $0)) }),
            ])
    }

    /// A table for people.
    public var text: String {
        var table = TextTable([
            ("ID", .left), ("OPENED", .left), ("STATE", .left), ("CLASS", .left), ("DEADLINE", .left),
            ("LEFT", .right), ("SERVICES", .left), ("CAUSE", .left),
        ])
        for incident in incidents {
            let clock = HandlingClock(of: incident, under: agreement)
            table.add([
                incident.id, text(incident.openedAt), IncidentRow.state(of: incident),
                incident.classification?.rawValue ?? "-", clock.deadline.map(text) ?? "-", left(incident, clock),
                Self.shortened(incident.services(of: customer).map(\.service)),
                incident.cause(for: customer)?.english ?? "",
            ])
        }
        return table.text
    }

    /// What an object of the JSON has.
    func members(of incident: Incident) -> [String: JSONValue] {
        var members = Dictionary(
            IncidentRow(incident, in: self).cells.map { ($0.column, JSONValue($0.cell)) },
            uniquingKeysWith: { first, _ in first })
        members["incident"] = nil
        members["id"] = .text(incident.id)
        let services = incident.services(of: customer)
        members["services"] = .list(services.map(\.service).sorted().map { .text($0) })
        members["customers"] = .list(Set(services.map(\.customer)).sorted().map { .text($0) })
        members["chargeable"] = incident.classification.map { .flag($0.isChargeable) } ?? .null
        let clock = HandlingClock(of: incident, under: agreement)
        members["in_time"] = IncidentRow.inTime(incident, clock, asOf: asOf).map(JSONValue.flag) ?? .null
        members["cause"] = .text(incident.cause(for: customer)?.english ?? "")
        return members
    }

    func text(_ instant: Instant) -> String { RFC3339.text(instant, in: agreement.calendar.zone) }

    /// What is left of its time, or what became of it.
    func left(_ incident: Incident, _ clock: HandlingClock) -> String {
        let isInTime = clock.isInTime(at: asOf)
        if !incident.isOpen { return isInTime ? "in time" : "late" }
        let left = DurationText.spoken(clock.remaining(at: asOf))
        if !isInTime { return "over by \(left)" }
        return incident.isWaiting ? "\(left), stopped" : left
    }

    private static func shortened(_ services: [String]) -> String {
        let shown = services.prefix(3).joined(separator: " ")
        return services.count > 3 ? "\(shown) and \(services.count - 3) more" : shown
    }
}
