import SLA

/// How an event of an incident lies in the columns of `incident_events`.
struct IncidentEventColumns {
    var kind: Kind
    var classification: IncidentClass?
    var text = ""
    var services: [AffectedService] = []

    /// The values of `kind`.
    enum Kind: String {
        case openedByOutage = "opened_by_outage"
        case openedByHand = "opened_by_hand"
        case serviceDown = "service_down"
        case recovered, classified, acknowledged, waiting, resumed, resolved, irrecoverable, noted
    }

    init(kind: Kind, classification: IncidentClass? = nil, text: String = "", services: [AffectedService] = []) {
        self.kind = kind
        self.classification = classification
        self.text = text
        self.services = services
    }

    init(_ change: IncidentEvent.Change) throws {
        switch change {
        case .opened(.outage, let cause, let services):
            self.init(kind: .openedByOutage, text: try CauseText.text(cause), services: services)
        case .opened(.hand, let cause, let services):
            self.init(kind: .openedByHand, text: try CauseText.text(cause), services: services)
        case .serviceDown(let service): self.init(kind: .serviceDown, services: [service])
        case .recovered: self.init(kind: .recovered)
        case .classified(let classification, let reason):
            self.init(kind: .classified, classification: classification, text: reason)
        case .acknowledged: self.init(kind: .acknowledged)
        case .waiting(let reason): self.init(kind: .waiting, text: reason)
        case .resumed: self.init(kind: .resumed)
        case .resolved(let note): self.init(kind: .resolved, text: note)
        case .irrecoverable(let advice): self.init(kind: .irrecoverable, text: advice)
        case .noted(let text): self.init(kind: .noted, text: text)
        }
    }

    /// What the columns say; nil where they cannot.
    var change: IncidentEvent.Change? {
        switch kind {
        case .openedByOutage: .opened(.outage, cause: CauseText.cause(text), services: services)
        case .openedByHand: .opened(.hand, cause: CauseText.cause(text), services: services)
        case .serviceDown: services.first.map(IncidentEvent.Change.serviceDown)
        case .recovered: .recovered
        case .classified: classification.map { .classified($0, reason: text) }
        case .acknowledged: .acknowledged
        case .waiting: .waiting(reason: text)
        case .resumed: .resumed
        case .resolved: .resolved(note: text)
        case .irrecoverable: .irrecoverable(advice: text)
        case .noted: .noted(text)
        }
    }
}
