import Ledger
import SLA

extension Recording {
    /// Records what happened next to the incident called `id`: of two people who end it at once, one is refused.
    ///
    /// - Parameter at: when it happened; nil for now.
    /// - Throws: `InvalidRequest`, `Unknown`, `LedgerError`, or a `Refusal` of what cannot be the incident's next; nothing is then
    ///   recorded.
    public func recordIncident(
        _ id: String, _ change: IncidentEvent.Change, at: Instant? = nil
    ) throws -> IncidentReceipt {
        var changed: Incident?
        try ledger.record { snapshot in
            var check = RequestCheck()
            let event = event(change, at: at, &check)
            try check.finish()
            guard let incident = try snapshot.incident(id, asOf: .distantFuture) else {
                throw try snapshot.unknownIncident(id, asOf: .distantFuture)
            }
            changed = try ofIncident { () throws(IncidentError) in try incident.adding(event) }
            return incident.facts(of: [event])
        }
        return IncidentReceipt(changed, isNew: false, done: change.done, in: catalog.agreement)
    }

    /// The event to record; what cannot be in it is noted in `check`.
    func event(_ change: IncidentEvent.Change, at: Instant?, _ check: inout RequestCheck) -> IncidentEvent {
        check.past(.at, at, now: now)
        check.name(by)
        check.requiredText(of: change)
        return IncidentEvent(at: at ?? now, recordedAt: now, by: by, change)
    }
}

extension RequestCheck {
    /// The words that must go with `change` are there.
    mutating func requiredText(of change: IncidentEvent.Change) {
        if let (found, expected) = change.requiredText { notBlank(change.field, found, expected: expected) }
    }
}

extension IncidentEvent.Change {
    /// The field that holds its words.
    fileprivate var field: RequestField {
        switch self {
        case .opened: .cause
        case .irrecoverable: .advice
        case .noted: .text
        case .classified, .waiting, .serviceDown, .recovered, .acknowledged, .resumed, .resolved: .reason
        }
    }

    /// What is said of an incident to which it happened.
    fileprivate var done: String {
        switch self {
        case .acknowledged: "acknowledged"
        case .classified(let classification, _): "is \(classification.rawValue), clause \(classification.clauses)"
        case .waiting: "waits for the customer, its clock has stopped"
        case .resumed: "goes on, its clock runs"
        case .resolved: "resolved"
        case .irrecoverable: "is irrecoverable, clause M3"
        case .noted: "noted"
        case .opened, .serviceDown, .recovered: "recorded"
        }
    }
}
