import Intake
import Ledger
import Reporting
import SLA

/// A customer's claim that is to be opened (clause 7).
public struct ClaimRequest: Sendable {
    /// What it is for.
    public enum Subject: Sendable {
        /// A month.
        case month(CivilMonth)
        /// An incident, as `I7`: the claim belongs to the month of its opening.
        case incident(String)
    }

    /// The service's identifier.
    public var service: String
    /// What it is for.
    public var subject: Subject
    /// The amount that is asked, as it was written; nil where none is named.
    public var amount: String?
    /// What is asked, and why.
    public var reason: String
    /// What proves it; empty where nothing is cited.
    public var evidence: String

    /// A request.
    public init(service: String, subject: Subject, amount: String? = nil, reason: String, evidence: String = "") {
        self.service = service
        self.subject = subject
        self.amount = amount
        self.reason = reason
        self.evidence = evidence
    }
}

/// What is to be said of a claim.
public struct ClaimStepRequest: Sendable {
    /// The claim, as `C3`.
    public var id: String
    /// The amount that is offered or agreed, as it was written; nil where none is named.
    public var amount: String?
    /// What is answered, or why.
    public var reason: String
    /// What proves it; empty where nothing is cited.
    public var evidence: String

    /// A request.
    public init(_ id: String, amount: String? = nil, reason: String, evidence: String = "") {
        self.id = id
        self.amount = amount
        self.reason = reason
        self.evidence = evidence
    }
}

extension Recording {
    /// Records what a customer claims. The amount that is asked may be any: what is agreed is at most the cap.
    ///
    /// - Throws: `Unknown`, `InvalidRequest`, `LedgerError`; nothing is then recorded.
    public func openClaim(_ request: ClaimRequest) throws -> ClaimReceipt {
        let recorded = try ledger.record { snapshot in
            var check = RequestCheck()
            _ = try everKnown(in: snapshot).requiredService(request.service)
            let (month, incident) = try subject(of: request, &check, snapshot)
            if calendar.interval(of: month).start > now { check.add(.month, "\(month) lies in the future") }
            let amount = request.amount.flatMap { check.amount($0, in: catalog.agreement.compensation.currency) }
            check.notBlank(.reason, request.reason)
            check.name(by)
            try check.finish()
            let opened = Claim.Step(
                kind: .opened, amount: amount, text: request.reason, evidence: request.evidence, at: now, by: by)
            let claim = Claim(id: "", service: request.service, month: month, incident: incident, steps: [opened])
            return [.claim(claim)] + (try newServices(in: snapshot))
        }
        let claim: Claim = recorded.last { if case .claim(let claim) = $0 { claim } else { nil } }
        return ClaimReceipt(claim, catalog: catalog, remarks: [])
    }

    private func subject(
        of request: ClaimRequest, _ check: inout RequestCheck, _ snapshot: LedgerSnapshot
    ) throws -> (CivilMonth, String?) {
        switch request.subject {
        case .month(let month): return (month, nil)
        case .incident(let id):
            guard let incident = try snapshot.incident(id, asOf: now) else {
                throw try snapshot.unknownIncident(id, asOf: now)
            }
            if !incident.services.contains(where: { $0.service == request.service }) {
                let services = incident.services.map(\.service).sorted().joined(separator: ", ")
                check.add(.incident, "\(incident.id) does not concern \(request.service), but \(services)")
            }
            return (calendar.month(containing: incident.openedAt), incident.id)
        }
    }

    /// Records what a claim was answered.
    ///
    /// - Throws: `Unknown`, `InvalidRequest`, `LedgerError`; nothing is then recorded.
    public func answerClaim(_ request: ClaimStepRequest) throws -> ClaimReceipt {
        try say(.answered, request) { _, _, _ in [] }
    }

    /// Records what was agreed of a claim, within the cap: with the month's other settled claims, it stands over what was
    /// negotiated and computed.
    ///
    /// - Throws: `Unknown`, `InvalidRequest`, `LedgerError`; nothing is then recorded.
    public func settleClaim(_ request: ClaimStepRequest) throws -> ClaimReceipt {
        try say(.settled, request) { claim, amount, snapshot in
            let figures = try figures(of: claim.service, in: claim.month, snapshot)
            // What judges the month says how much that can be.
            let compensation = (figures?.agreement ?? catalog.agreement).compensation
            let others = try snapshot.settlements().settledClaims(of: claim.service, in: claim.month, asOf: now)
                .filter { $0.id != claim.id }.compactMap { $0.settlement?.amount }
            var check = RequestCheck()
            let refusals = Negotiation.refusals(
                of: amount, besides: others, begin: calendar.interval(of: claim.month).start, verdict: figures?.verdict,
                price: figures?.service.price, under: compensation, now: now)
            for refusal in refusals {
                check.add(refusal, amount: request.amount ?? "", of: claim.service, in: claim.month)
            }
            try check.finish()
            let credit = figures?.credit
            return (credit?.negotiation == nil ? credit?.computed : credit?.due).map { stood in
                [
                    "it stands over \(AmountText.shown(stood.text, in: compensation.currency)), which was due of \(claim.month)"
                ]
            } ?? []
        }
    }

    /// Records a step of `kind`.
    ///
    /// - Parameter judge: what is to be remarked of the claim, the amount and the ledger; it throws a refusal.
    private func say(
        _ kind: Claim.Step.Kind, _ request: ClaimStepRequest,
        _ judge: (Claim, ExactDecimal?, LedgerSnapshot) throws -> [FieldMessage]
    ) throws -> ClaimReceipt {
        var said: Claim?
        var remarks: [FieldMessage] = []
        try ledger.record { snapshot in
            var check = RequestCheck()
            let claims = try snapshot.claims()
            guard var claim = claims.first(where: { $0.id == request.id }) else {
                throw Unknown(.claim, request.id, among: claims.map(\.id))
            }
            let amount = request.amount.flatMap { check.amount($0, in: catalog.agreement.compensation.currency) }
            check.notBlank(.reason, request.reason)
            check.name(by)
            try check.finish()
            remarks = try judge(claim, amount, snapshot)
            let step = Claim.Step(
                kind: kind, amount: amount, text: request.reason, evidence: request.evidence, at: now, by: by)
            claim.steps.append(step)
            said = claim
            return [.claimStep(claim: claim.id, step)]
        }
        guard let said else { preconditionFailure("what was decided was recorded") }
        return ClaimReceipt(said, catalog: catalog, remarks: remarks)
    }
}

extension LedgerSnapshot {
    /// Claims as they were known at `asOf`.
    ///
    /// - Parameters:
    ///   - month: the one they belong to; nil for all.
    ///   - customer: whose they are; nil for everybody's.
    ///   - isOpenOnly: leaves out those that are settled.
    /// - Throws: `Unknown`, `LedgerError`.
    public func claimDocument(
        of month: CivilMonth? = nil, customer: String? = nil, isOpenOnly: Bool = false, asOf: Instant,
        configured: Catalog
    ) throws -> ClaimDocument {
        let catalog = try catalogHistory().everKnown(configured)
        if let customer { try catalog.requiredCustomer(customer) }
        let known = try claims().compactMap { $0.known(asOf: asOf) }.filter { claim in
            (month == nil || claim.month == month)
                && (customer == nil || catalog.service(claim.service)?.customer == customer)
                && !(isOpenOnly && claim.settlement != nil)
        }
        return ClaimDocument(known, catalog: catalog)
    }
}
