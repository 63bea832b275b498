/// Which alerts are of services that fell together: those are said in one line of each event, not one for each service.
///
/// Each is decided, and kept, as that of any other service, so that nothing that follows from it is lost.
struct SharedAlerts: Sendable, Equatable {
    /// Those that are said together: all but what is said of a whole incident.
    private static let events: [AlertEvent] = [
        .serviceUp, .serviceWithdrawn, .availabilityBelow, .availabilityRestored, .budgetConsumed, .budgetBurning,
        .commitmentLost,
    ]

    /// The incident in which each service fell that did not fall alone.
    private var incidents: RevertibleDictionary<String, String>

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

    /// Marks those of `alerts` that are said together with others; `shared` fell so in this step.
    mutating func mark(_ alerts: inout [Alert], shared: Set<String>) {
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
            if alert.event == .serviceWithdrawn { incidents[alert.subject] = nil }
        }
    }

    /// What has changed stays.
    mutating func commit() { incidents.commit() }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() { incidents.revert() }
}

extension Alert {
    /// The incident of the failure of most targets at once that it is part of: it is kept, and one line is said for all;
    /// nil where it is said by itself.
    public var sharedFailure: AlertValue? { event == .sharedFailure ? nil : self[Self.sharedFailureKey] }

    /// Whether it is said already, by the line of the failure that it is part of.
    public var isSaidBySharedFailure: Bool { event == .serviceDown && sharedFailure != nil }

    static let sharedFailureKey = "shared_failure"
}

extension SharedFailure {
    /// One that was announced by the last `shared_failure` of `alerts`, with those who were up or fell since, of whom the
    /// latest `service_down` or `service_up` is among them; nil where none was.
    init?(resuming alerts: [Alert]) {
        guard let alert = alerts.last(where: { $0.event == .sharedFailure }), let since = alert["since"]?.instant,
            case .text(let incident)? = alert["incident"], let number = Int64(incident.dropFirst())
        else { return nil }
        let later = alerts.filter {
            ($0.event == .serviceDown || $0.event == .serviceUp) && $0.at >= alert.at
        }
        self.init(since: since, incident: number, services: Set(later.map(\.subject)))
    }

    /// The one line about it at `instant`; nil before it has an incident.
    ///
    /// - Parameter cause: why the first of its services is down.
    func alert(at instant: Instant, _ cause: Cause?) -> Alert? {
        guard let incident else { return nil }
        var fields = [
            Alert.Field("since", .instant(since)), Alert.Field("targets_down", .number(Int64(fallen))),
            Alert.Field("targets_seen", .number(Int64(seen))),
        ]
        if let cause { fields.append(Alert.Field("cause", .cause(cause))) }
        fields.append(Alert.Field("incident", "I\(incident)"))
        return Alert(event: .sharedFailure, subject: "", at: instant, fields: fields)
    }
}
