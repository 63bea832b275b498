import SLA

/// The daemon and the people who work with it, in the small: what is decided is recorded, and read back at each turn.
struct IncidentStory {
    private let catalog: Catalog
    private var watch = IncidentWatch(transitions: [], incidents: [], alerts: [])
    private(set) var incidents: [Incident] = []
    /// The alerts, each with when it was said.
    private(set) var said: [String] = []
    /// Why what people wanted to record was refused.
    private(set) var refused: [String] = []
    /// The instant of the last fact: what is asked is asked then.
    private var now = Instant.distantPast

    init(catalog: Catalog) {
        self.catalog = catalog
    }

    /// Takes a fact, of which the date has been read.
    mutating func take(_ fact: ScenarioLine, at instant: Instant) throws {
        var fact = fact
        now = instant
        let incident = fact.word { $0.first == "I" && Int64($0.dropFirst()) != nil }.map { Int64($0.dropFirst()) } ?? 1
        let name = try fact.word()
        if let service = catalog.service(name) {
            try see(service, &fact)
        } else if name == "look" {
            decide([])
        } else {
            let event = IncidentEvent(at: now, recordedAt: now, by: "lan", try change(name, &fact))
            record(event, of: try fact.required(incident))
            decide([])
        }
        try fact.end()
    }

    /// `down at ADDRESS: CAUSE` or `up`, of a service.
    private mutating func see(_ service: Service, _ fact: inout ScenarioLine) throws {
        let isDown = fact.take("down")
        if !isDown { try fact.expect("up") }
        let address = fact.take("at") ? try fact.word() : nil
        let cause = isDown ? try fact.remark() : nil
        watch.observe([
            Observation(
                check: CheckID(service: service.id, check: Check.defaultID),
                sample: Sample(at: now, state: isDown ? .down : .up), address: address,
                cause: cause.map(Cause.text))
        ])
        decide([Transition(service: service.id, state: isDown ? .down : .up, since: now, at: now)])
    }

    private func change(_ name: String, _ fact: inout ScenarioLine) throws -> IncidentEvent.Change {
        switch name {
        case "opened":
            let services = try fact.words().map { id in
                AffectedService(service: id, customer: try fact.required(catalog.service(id)).customer)
            }
            return .opened(.hand, cause: .text(try fact.remark()), services: services)
        case "classified":
            return .classified(
                try fact.required(IncidentClass(rawValue: try fact.word())), reason: try fact.remark())
        case "acknowledged": return .acknowledged
        case "waiting": return .waiting(reason: try fact.remark())
        case "resumed": return .resumed
        case "resolved": return .resolved(note: try fact.remark())
        case "irrecoverable": return .irrecoverable(advice: try fact.remark())
        case "noted": return .noted(try fact.remark())
        default: throw fact.mistake
        }
    }

    /// What a person says; what cannot be is refused, and changes nothing.
    private mutating func record(_ event: IncidentEvent, of number: Int64) {
        do throws(IncidentRefusal) {
            if case .opened = event.change {
                incidents.append(try Incident(number: Int64(incidents.count + 1), opening: event))
            } else if let index = incidents.firstIndex(where: { $0.number == number }) {
                try incidents[index].append(event)
            } else {
                throw .notOpened
            }
        } catch {
            refused.append(error.text(in: catalog.agreement.calendar.zone))
        }
        refresh()
    }

    private mutating func decide(_ transitions: [Transition]) {
        for action in watch.decide(transitions, catalog: catalog, exclusions: [], now: now) {
            switch action {
            case .alert(let alert):
                said.append(
                    "\(RFC3339.text(now, in: catalog.agreement.calendar.zone)) \(alert.event.rawValue) \(alert.subject)"
                )
            case .share: break
            case .record(let number, let event):
                if let index = incidents.firstIndex(where: { $0.number == number }) {
                    guard (try? incidents[index].append(event)) != nil else { preconditionFailure("\(event)") }
                } else if let incident = try? Incident(number: number, opening: event) {
                    incidents.append(incident)
                }
            }
        }
        refresh()
    }

    private mutating func refresh() {
        watch.replace(open: incidents.filter(\.isOpen), lastNumber: incidents.map(\.number).max() ?? 0)
    }

    /// What can be said of `incident` now, by name; what there is not is not there.
    func figures(of incident: Incident) -> [String: String] {
        let clock = HandlingClock(of: incident, under: catalog.agreement)
        let zone = catalog.agreement.calendar.zone
        func when(_ instant: Instant?) -> String? { instant.map { RFC3339.text($0, in: zone) } }
        var advice: String?
        for case .irrecoverable(let given) in incident.events.map(\.change) { advice = given }
        let isOfficeOpen = OfficeHours.contain(incident.openedAt, in: catalog.agreement.calendar)
        let figures: [String: String?] = [
            "services": incident.services.map(\.service).joined(separator: " "),
            "allowed": DurationText.seconds(clock.allowed), "deadline": when(clock.deadline),
            "elapsed": DurationText.seconds(clock.elapsed(at: now)),
            "in_time": clock.isInTime(at: now) ? "yes" : "no",
            "class": incident.classification?.rawValue, "clauses": incident.clauses,
            "chargeable": incident.classification?.isChargeable == true ? "yes" : nil,
            "outcome": incident.outcome?.rawValue, "advice": advice, "opened": when(incident.openedAt),
            "acknowledged": when(incident.acknowledgedAt), "recovered": when(incident.recoveredAt),
            "warned_from": when(clock.dueAt), "office": isOfficeOpen ? "open" : "closed",
        ]
        return figures.compactMapValues { $0 }
    }
}
