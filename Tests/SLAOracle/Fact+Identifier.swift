import SLA

extension Fact {
    /// What people call it: `E1`, `W3`, `M2`, `M2.x1`, `I7`, `2026-10/2`; nil where they call it nothing.
    public var identifier: String? {
        switch self {
        case .exclusion(let entry): entry.exclusion.id
        case .revocation(let revocation): revocation.id
        case .withdrawal(let withdrawal): withdrawal.id
        case .reinstatement(let withdrawal, _): withdrawal
        case .incidentEvent(let event): "I\(event.incident)"
        case .maintenancePlan(let plan): plan.id
        case .maintenanceExtension(let added): added.subject.description
        case .statement(let statement): statement.number.description
        case .observations, .transition, .alert, .alertDelivered, .daemonEvent, .service, .customer, .billedTerms,
            .negotiation, .maintenanceCancellation, .noticeDelivery, .notice, .noticeAttempt, .noticeResult, .imported,
            .importOutcome:
            nil
        }
    }
}
