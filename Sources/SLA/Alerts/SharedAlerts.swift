/// What is said of services that fell together: of each event one line, not one for each service.
///
/// Each alert is decided, and kept, as that of any other service, so that nothing that follows from it is lost.
struct SharedAlerts: Sendable, Equatable {
    /// How long nothing more must have come until the line is said, and how long it may wait at the most, in ms.
    private static let calm: Milliseconds = 5000
    private static let longest: Milliseconds = 60_000
    /// How many services are named.
    private static let mostNames = 5

    /// Those that are said together: all but what is said of a whole incident.
    private static let events: [AlertEvent] = [
        .serviceUp, .availabilityBelow, .availabilityRestored, .budgetConsumed, .budgetBurning, .commitmentLost,
    ]

    private struct Line: Hashable, Sendable {
        let first: Alert
        let incident: String
        let began: MonotonicInstant
        var last: MonotonicInstant
        var names: [String] = []
        var count = 0
    }

    /// The incident in which each service fell that did not fall alone.
    private var incidents: RevertibleDictionary<String, String>
    private var lines = Revertible<[AlertEvent: Line]>([:])

    /// What goes on from `alerts`, the latest `service_down` and `service_up` of each service.
    init(resuming alerts: [Alert] = []) {
        var incidents: [String: String] = [:]
        for alert in alerts where alert.event == .serviceDown || alert.event == .serviceUp {
            guard case .text(let incident)? = alert.sharedFailure else { continue }
            incidents[alert.subject] = incident
        }
        self.incidents = RevertibleDictionary(incidents)
    }

    /// `service` fell together with others, in the incident called `incident`.
    mutating func add(_ service: String, to incident: String) { incidents[service] = incident }

    /// Marks those of `alerts` that are said together with others.
    mutating func fold(_ alerts: inout [Alert], shared: Set<String>, now: Now) {
        for index in alerts.indices {
            let alert = alerts[index]
            if alert.event == .serviceDown, !shared.contains(alert.subject), incidents.current[alert.subject] != nil {
                // It fell again, by itself.
                incidents[alert.subject] = nil
            }
            guard alert.event == .serviceDown || Self.events.contains(alert.event),
                let incident = incidents.current[alert.subject]
            else { continue }
            alerts[index].fields.append(Alert.Field(Alert.sharedFailureKey, incident))
            if alert.event != .serviceDown { count(alert, incident, now) }
        }
    }

    private mutating func count(_ alert: Alert, _ incident: String, _ now: Now) {
        lines.update { lines in
            var line =
                lines[alert.event]
                ?? Line(first: alert, incident: incident, began: now.monotonic, last: now.monotonic)
            line.last = now.monotonic
            line.count += 1
            if line.names.count <= Self.mostNames, !line.names.contains(alert.subject) {
                line.names.append(alert.subject)
            }
            lines[alert.event] = line
        }
    }

    /// The lines that are due at `now`.
    mutating func takeDue(_ now: Now) -> [Alert] {
        let due = lines.current.filter { _, line in
            now.monotonic - line.last >= Self.calm || now.monotonic - line.began >= Self.longest
        }
        if due.isEmpty { return [] }
        lines.update { lines in for event in due.keys { lines[event] = nil } }
        return due.sorted { ($0.value.began, $0.key.rawValue) < ($1.value.began, $1.key.rawValue) }
            .map { Self.alert($0.value, now.wall) }
    }

    private static func alert(_ line: Line, _ now: Instant) -> Alert {
        var alert = line.first
        alert.at = now
        alert.subject = ""
        if line.count > 1 {
            alert.fields = [Alert.Field("services", .number(Int64(line.count)))]
            if line.names.count <= mostNames {
                alert.fields.append(Alert.Field("service", line.names.sorted().joined(separator: ",")))
            }
            alert.fields.append(Alert.Field("incident", line.incident))
        }
        return alert
    }

    /// What has changed stays.
    mutating func commit() {
        incidents.commit()
        lines.commit()
    }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() {
        incidents.revert()
        lines.revert()
    }
}
