import Ledger
import SLA

/// An incident that a person opens.
public struct IncidentRequest: Sendable {
    /// What it concerns, in words.
    public var scope: [String]
    /// What is wrong.
    public var cause: String
    /// Its class; nil where that is said later.
    public var classification: IncidentClass?
    /// Why it is of this class.
    public var reason: String
    /// When it began; nil for now.
    public var at: Instant?

    /// A request.
    public init(
        scope: [String], cause: String, classification: IncidentClass? = nil, reason: String = "", at: Instant? = nil
    ) {
        self.scope = scope
        self.cause = cause
        self.classification = classification
        self.reason = reason
        self.at = at
    }
}

extension Recording {
    /// Opens an incident by hand, for what the monitor does not see.
    ///
    /// - Throws: `InvalidRequest`, `LedgerError`, or a `Refusal` of what no incident begins with; nothing is then
    ///   recorded.
    public func openIncident(_ request: IncidentRequest) throws -> IncidentReceipt {
        var opened: Incident?
        try ledger.record { snapshot in
            let history = try history(request)
            let last = try snapshot.lastIncidentNumber()
            let incident = try ofIncident { () throws(IncidentError) in try Incident.opening(history, after: last) }
            opened = incident
            return incident.facts(of: history)
        }
        return IncidentReceipt(opened, isNew: true, done: "", in: catalog.agreement)
    }

    /// The opening and what comes with it.
    private func history(_ request: IncidentRequest) throws(InvalidRequest) -> [IncidentEvent] {
        var check = RequestCheck()
        let terms = check.scope(request.scope, catalog: catalog)
        let services = catalog.services.filter { service in terms.contains { $0.includes(service) } }
        if services.isEmpty, !terms.isEmpty { check.add(.scope, "names no service, expected at least one") }
        let affected = services.map { AffectedService(service: $0.id, customer: $0.customer) }
        let opening = event(.opened(.hand, cause: .text(request.cause), services: affected), at: request.at, &check)
        var events = [opening]
        if let classification = request.classification {
            let change = IncidentEvent.Change.classified(classification, reason: request.reason)
            check.requiredText(of: change)
            events.append(IncidentEvent(at: opening.at, recordedAt: now, by: by, change))
        } else if !request.reason.isEmpty {
            check.add(.reason, "goes with \(RequestField.incidentClass)")
        }
        try check.finish()
        return events
    }
}
