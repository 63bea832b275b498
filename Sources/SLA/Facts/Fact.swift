/// One thing that can be recorded. Facts are only ever added.
///
/// What a decision leaves open (an identifier, a number, a seal) the ledger fills in as it records it.
public enum Fact: Hashable, Sendable {
    /// What probes found.
    case observations([Observation])
    /// The state of a service changed.
    case transition(Transition)
    /// Operators are to be told.
    case alert(Alert)
    /// The alert numbered `alert` in the outbox was handed over; one that already was keeps its first instant.
    case alertDelivered(alert: Int64, at: Instant)
    /// Something happened to the daemon.
    case daemonEvent(DaemonEvent)
    /// What the configuration says of a service from now on (clause 1).
    case service(ServiceRecord)
    /// What the configuration says of a customer from now on (clause 1).
    case customer(CustomerRecord)
    /// What the configuration says of the agreement from now on (semantics §3.2).
    case agreement(AgreementRecord)
    /// What the billing system says of a service's paid time (clause 2).
    case billedTerms(BilledTerms)
    /// Paid time that never was paid for (clause 2); the ledger gives it its identifier, as `W3`.
    case withdrawal(PaidWithdrawal)
    /// The withdrawal called `withdrawal` is ended.
    case reinstatement(withdrawal: String, PaidWithdrawal.Reinstatement)
    /// How a check was measured truly from an instant on (semantics §3.2).
    case ruleCorrection(RuleChange)
    /// What was agreed as compensation, or the end of such an agreement (clause 7).
    case negotiation(Negotiation)
    /// A customer's claim is opened, with what was said of it since (clause 7); the ledger gives it its identifier, as `C3`.
    case claim(Claim)
    /// Something was said of the claim called `claim`.
    case claimStep(claim: String, Claim.Step)
    /// A customer accepts that a credit which a statement has named is lowered.
    case acceptance(Acceptance)
    /// An exclusion, revoked at once where it says so (clauses 3.1–3.5); one without an identifier is given the next
    /// that is free of E1, E2, ….
    case exclusion(ExclusionAmendment.Entry)
    /// An exclusion stands no longer.
    case revocation(ExclusionAmendment.Revocation)
    /// The record is corrected beside it, revoked at once where it says so (semantics §3.3); the ledger gives one without
    /// an identifier the next that is free of V1, V2, … or D1, D2, ….
    case correction(Correction)
    /// The correction called `id` stands no longer.
    case correctionRevocation(id: String, Correction.Revocation)
    /// A pass of the wall clock ended (semantics §3.1).
    case passEnd(PassEnd)
    /// Something happened to an incident (clauses W1–W3, M1–M3).
    case incidentEvent(RecordedIncidentEvent)
    /// Maintenance is planned (clauses 3.1, 6.1, 6.2); the ledger gives the plan its number, as `M3`.
    case maintenancePlan(MaintenancePlan)
    /// Maintenance is cancelled.
    case maintenanceCancellation(MaintenanceCancellation)
    /// A window is given more time; the ledger gives the extension its number within the plan, as `M3.x1`.
    case maintenanceExtension(MaintenanceExtension)
    /// A notice was given by hand (clauses 6.1, 6.2).
    case noticeDelivery(NoticeDelivery)
    /// A notice is to be given by this program; the ledger gives it its number, and keeps no attempts with it.
    case notice(Notice)
    /// A notice is about to be tried; the ledger gives the try its number.
    case noticeAttempt(NoticeAttempt)
    /// How the try numbered `attempt` ended.
    case noticeResult(attempt: Int64, Notice.Result)
    /// A month is closed; the ledger seals it to the statement that was closed before it.
    case statement(ClosedStatement)
    /// A file of history is taken, and with its outcome where that is known already; the ledger gives it its number.
    case imported(RecordedImport)
    /// What became of the import numbered `import`.
    case importOutcome(import: Int64, ImportOutcome, at: Instant)
}

extension Fact {
    /// What people call it: `E1`, `W3`, `M2`, `M2.x1`, `I7`, `2026-10/2`; nil where they call it nothing.
    public var identifier: String? {
        switch self {
        case .exclusion(let entry): entry.exclusion.id
        case .revocation(let revocation): revocation.id
        case .correction(let correction): correction.id
        case .correctionRevocation(let id, _): id
        case .withdrawal(let withdrawal): withdrawal.id
        case .reinstatement(let withdrawal, _): withdrawal
        case .claim(let claim): claim.id
        case .claimStep(let claim, _): claim
        case .incidentEvent(let event): "I\(event.incident)"
        case .maintenancePlan(let plan): plan.id
        case .maintenanceExtension(let added): added.subject.description
        case .statement(let statement): statement.number.description
        case .observations, .transition, .alert, .alertDelivered, .daemonEvent, .service, .customer, .agreement,
            .billedTerms, .ruleCorrection, .negotiation, .acceptance, .passEnd, .maintenanceCancellation,
            .noticeDelivery, .notice, .noticeAttempt, .noticeResult, .imported, .importOutcome:
            nil
        }
    }
}
