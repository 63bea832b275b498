import Intake
import Ledger
import SLA

/// A lock or an end of services for breach of the terms of use (clause 3.2).
public struct SuspensionRequest: Sendable {
    /// What is done.
    public var act: SuspensionAct
    /// The one service, by its identifier; nil where ``scope`` says which.
    public var service: String?
    /// The services, in words.
    public var scope: [String]
    /// The term that was broken, and how.
    public var breach: String
    /// What proves it.
    public var evidence: String
    /// The first instant; nil for now.
    public var from: Instant?

    /// A request.
    public init(
        act: SuspensionAct, service: String? = nil, scope: [String] = [], breach: String, evidence: String,
        from: Instant? = nil
    ) {
        self.act = act
        self.service = service
        self.scope = scope
        self.breach = breach
        self.evidence = evidence
        self.from = from
    }
}

/// The end of a lock.
public struct UnlockRequest: Sendable {
    /// The lock's identifier, or the service where it alone was locked.
    public var target: String
    /// The first instant at which it was not locked; nil for now.
    public var at: Instant?
    /// Why.
    public var reason: String

    /// A request.
    public init(_ target: String, at: Instant? = nil, reason: String) {
        self.target = target
        self.at = at
        self.reason = reason
    }
}

extension Recording {
    /// Records that services are locked until they are unlocked, or ended; an end closes a lock of the same ones.
    ///
    /// - Throws: `InvalidRequest`, `SuspensionError`, `LedgerError`; nothing is then recorded.
    public func suspend(_ request: SuspensionRequest) throws -> ExclusionReceipt {
        let recorded = try ledger.record { snapshot in
            var check = RequestCheck()
            let known = try everKnown(in: snapshot)
            let terms: [ScopeTerm] =
                if let service = request.service {
                    check.service(service, catalog: known, field: .scope) == nil ? [] : [.service(service)]
                } else {
                    check.scope(request.scope, catalog: known)
                }
            check.past(.from, request.from, now: now)
            check.notBlank(.breach, request.breach, expected: "the term that was broken")
            check.notBlank(.evidence, request.evidence, expected: "what proves it")
            check.name(by)
            let interval = Interval(request.from ?? now, Exclusion.openEnd)
            if interval == nil { check.add(.from, "lies beyond every calendar") }
            let suspension = Exclusion(
                id: "", category: .suspension, scope: terms, interval: try check.finish(interval),
                evidence: request.evidence, recordedAt: now, recordedBy: by)
            let register = ExclusionRegister(snapshot)
            let details = ExclusionDetails(act: request.act, breach: request.breach)
            return try register.facts(of: register.suspending(suspension, details: details, at: now))
        }
        return ExclusionReceipt(recorded, under: catalog.agreement)
    }

    /// Records that a lock has ended.
    ///
    /// - Throws: `InvalidRequest`, `SuspensionError`, `ExclusionError`, `Unknown`, `LedgerError`, or a `Refusal` where
    ///   the service is not locked; nothing is then recorded.
    public func unlock(_ request: UnlockRequest) throws -> UnlockReceipt {
        let recorded = try ledger.record { snapshot in
            var check = RequestCheck()
            check.past(.at, request.at, now: now)
            check.notBlank(.reason, request.reason)
            check.name(by)
            try check.finish()
            let register = ExclusionRegister(snapshot)
            let isExclusion = try snapshot.exclusion(request.target) != nil
            let id = isExclusion ? request.target : try lock(of: request.target, in: snapshot)
            return try register.facts(
                of: register.unlocking(id, end: request.at ?? now, at: now, by: by, reason: request.reason))
        }
        return UnlockReceipt(recorded, under: catalog.agreement)
    }

    /// The identifier of the lock of `service` alone.
    private func lock(of service: String, in snapshot: LedgerSnapshot) throws -> String {
        let locks = try snapshot.openSuspensions().filter { $0.details.act == .lock }
        if let lock = locks.first(where: { $0.exclusion.scope == [.service(service)] }) { return lock.exclusion.id }
        let services = try everKnown(in: snapshot).services.map(\.id)
        if services.contains(service) { throw Refusal("\(service) is not locked") }
        // E7 is meant for an exclusion's name, whatever services are called.
        if Unknown.isNumber(service, after: "E") {
            throw Unknown(.exclusion, service, among: locks.map(\.exclusion.id))
        }
        throw Unknown(.service, service, among: services + locks.map(\.exclusion.id))
    }
}
