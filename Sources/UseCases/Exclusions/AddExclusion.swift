import Intake
import Ledger
import SLA

/// An exclusion that is to be recorded (clauses 3.1–3.5).
public struct ExclusionRequest: Sendable {
    /// The case it claims.
    public var category: ExclusionCategory
    /// What happened, of force majeure.
    public var kind: ForceMajeureKind?
    /// Whom it concerns, and when.
    public var target: Target
    /// When the affected customers were told.
    public var noticeAt: Instant?
    /// What proves it.
    public var evidence: String
    /// Its identifier; nil for the next of E1, E2, ….
    public var id: String?

    /// Whom an exclusion concerns, and when.
    public enum Target: Sendable {
        /// The services that the words mean, between two instants.
        case scope([String], from: Instant, to: Instant)
        /// A service, for as long as its outage lasts that holds an instant.
        case outage(service: String, at: Instant)
    }

    /// A request.
    public init(
        category: ExclusionCategory, kind: ForceMajeureKind? = nil, target: Target, noticeAt: Instant? = nil,
        evidence: String = "", id: String? = nil
    ) {
        self.category = category
        self.kind = kind
        self.target = target
        self.noticeAt = noticeAt
        self.evidence = evidence
        self.id = id
    }
}

extension Recording {
    /// Records an exclusion. One that is not admitted is recorded all the same.
    ///
    /// - Throws: `InvalidRequest`, `ExclusionError`, `LedgerError`; nothing is then recorded.
    public func addExclusion(_ request: ExclusionRequest) throws -> ExclusionReceipt {
        var isOngoing = false
        let recorded = try ledger.record { snapshot in
            let (entry, interval) = try entry(request, in: snapshot)
            if case .outage = request.target { isOngoing = interval.end == now }
            return try ExclusionRegister(snapshot).facts(of: ExclusionAmendment(recording: [entry]))
        }
        var receipt = ExclusionReceipt(recorded, under: catalog.agreement)
        receipt.isOutageOngoing = isOngoing
        return receipt
    }

    private func entry(
        _ request: ExclusionRequest, in snapshot: LedgerSnapshot
    ) throws -> (ExclusionAmendment.Entry, Interval) {
        var check = RequestCheck()
        let category = request.category
        if request.kind != nil, category != .forceMajeure {
            check.add(.kind, "\(category.rawValue) has no kind, expected it with force_majeure only")
        }
        check.past(.noticeAt, request.noticeAt, now: now)
        check.identifier(request.id)
        check.name(by)
        var details = ExclusionDetails(kind: request.kind)
        var scope: [ScopeTerm] = []
        var interval: Interval?
        switch request.target {
        case .scope(let words, let from, let to):
            scope = check.scope(words, catalog: try everKnown(in: snapshot))
            interval = check.interval(from: from, to: to)
        case .outage(let service, let instant):
            scope = [.service(service)]
            interval = try outage(of: service, at: instant, category, in: snapshot, &check)
            details.outage = interval.map { ExclusionDetails.Outage(service: service, start: $0.start) }
        }
        let found = try check.finish(interval)
        let exclusion = Exclusion(
            id: request.id ?? "", category: category, scope: scope, interval: found, noticeAt: request.noticeAt,
            evidence: request.evidence, recordedAt: now, recordedBy: by)
        return (ExclusionAmendment.Entry(exclusion, details: details), found)
    }
}
