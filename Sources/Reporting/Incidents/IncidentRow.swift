import SLA

/// One incident as lists and the monthly report show it: each column's name with its value, in the promised order.
struct IncidentRow {
    let cells: [(column: String, cell: ReportRow.Cell)]

    init(_ incident: Incident, in list: IncidentList) {
        let clock = HandlingClock(of: incident, under: list.agreement)
        func time(_ instant: Instant?) -> ReportRow.Cell { .instant(instant, list.agreement.calendar.zone) }
        func seconds(_ length: Milliseconds) -> ReportRow.Cell { .number(DurationText.seconds(length)) }
        let services = incident.services(of: list.customer)
        cells = [
            ("incident", .text(incident.id)),
            ("opened_at", time(incident.openedAt)),
            ("opened_by", .text(incident.origin.rawValue)),
            ("services", .text(services.map(\.service).sorted().joined(separator: " "))),
            ("customers", .text(Set(services.map(\.customer)).sorted().joined(separator: " "))),
            ("classification", ReportRow.Cell(incident.classification?.rawValue)),
            ("clause", ReportRow.Cell(incident.clauses)),
            ("chargeable", ReportRow.Cell(incident.classification.map { Self.yesNo($0.isChargeable) })),
            ("acknowledged_at", time(incident.acknowledgedAt)),
            ("recovered_at", time(incident.recoveredAt)),
            ("resolved_at", time(incident.endedAt)),
            ("outcome", .text(Self.state(of: incident))),
            ("deadline_at", time(clock.deadline)),
            ("waited_s", seconds(Self.waited(incident, asOf: list.asOf))),
            ("handling_s", seconds(clock.elapsed(at: list.asOf))),
            ("allowed_s", seconds(clock.allowed)),
            ("in_time", ReportRow.Cell(Self.inTime(incident, clock, asOf: list.asOf).map(Self.yesNo))),
            ("as_of", time(list.asOf)),
        ]
    }

    /// `open`, `acknowledged`, `waiting`, `resolved` or `irrecoverable`.
    static func state(of incident: Incident) -> String {
        if let outcome = incident.outcome { return outcome.rawValue }
        if incident.isWaiting { return "waiting" }
        return incident.acknowledgedAt == nil ? "open" : "acknowledged"
    }

    /// How long it has waited for the customer, in ms.
    static func waited(_ incident: Incident, asOf: Instant) -> Milliseconds {
        incident.stops.reduce(0) { $0 + max(0, ($1.end ?? asOf) - $1.start) }
    }

    /// Nil while it is open and may still be handled in time.
    static func inTime(_ incident: Incident, _ clock: HandlingClock, asOf: Instant) -> Bool? {
        let isInTime = clock.isInTime(at: asOf)
        return incident.isOpen && isInTime ? nil : isInTime
    }

    private static func yesNo(_ value: Bool) -> String { value ? "yes" : "no" }
}
