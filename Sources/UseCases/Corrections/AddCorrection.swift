import Intake
import Ledger
import SLA

/// A void or a downtime that is to be recorded (semantics §3.3).
public struct CorrectionRequest: Sendable {
    /// Which of the two.
    public var kind: Correction.Kind
    /// What it concerns.
    public var scope: [String]
    /// Its first instant.
    public var from: Instant
    /// The first instant after it.
    public var to: Instant
    /// Why the record is wrong.
    public var reason: String
    /// What proves it; one without is applied to nothing.
    public var evidence: String
    /// Its identifier; nil for the next of V1, V2, … or D1, D2, ….
    public var id: String?

    /// A request.
    public init(
        kind: Correction.Kind, scope: [String], from: Instant, to: Instant, reason: String, evidence: String = "",
        id: String? = nil
    ) {
        self.kind = kind
        self.scope = scope
        self.from = from
        self.to = to
        self.reason = reason
        self.evidence = evidence
        self.id = id
    }
}

extension Recording {
    /// Records a void or a downtime. One without evidence is recorded all the same, and applied to nothing.
    ///
    /// - Throws: `InvalidRequest`, `CorrectionError`, `LedgerError`; nothing is then recorded.
    public func addCorrection(_ request: CorrectionRequest) throws -> CorrectionReceipt {
        let recorded = try ledger.record { snapshot in
            var check = RequestCheck()
            check.oneLine(.reason, request.reason)
            check.identifier(request.id)
            check.person(by)
            let scope = check.scope(request.scope, of: request.kind, catalog: try everKnown(in: snapshot))
            // What has not happened yet, nobody has measured wrongly.
            check.past(.from, request.from, now: now)
            check.past(.to, request.to, now: now)
            let interval = try check.finish(check.interval(from: request.from, to: request.to))
            let correction = Correction(
                kind: request.kind, id: request.id ?? "", scope: scope, interval: interval, reason: request.reason,
                evidence: request.evidence, recordedAt: now, recordedBy: by)
            return try CorrectionRegister(snapshot.corrections()).facts(recording: correction)
                + newServices(in: snapshot)
        }
        return CorrectionReceipt(recorded, in: calendar.zone)
    }

    /// Revokes the void or downtime called `id`: it stays in the record, and is applied to nothing from now on.
    ///
    /// - Throws: `InvalidRequest`, `Unknown`, `CorrectionError`, `LedgerError`; nothing is then recorded.
    public func revokeCorrection(
        _ id: String, of kind: Correction.Kind, reason: String
    ) throws -> CorrectionRevocationReceipt {
        let revocation = Correction.Revocation(at: now, by: by, reason: reason)
        try ledger.record { snapshot in
            var check = RequestCheck()
            check.notBlank(.reason, reason)
            check.person(by)
            try check.finish()
            let register = CorrectionRegister(try snapshot.corrections())
            if register[id]?.kind != kind {
                throw Unknown(kind == .void ? .void : .downtime, id, among: register.identifiers(of: kind))
            }
            return try register.facts(revoking: id, of: kind, revocation)
        }
        return CorrectionRevocationReceipt(id: id, kind: kind, revocation: revocation, zone: calendar.zone)
    }
}

extension RequestCheck {
    /// `name` can be that of a person: what the daemon finds out about itself needs no evidence.
    fileprivate mutating func person(_ name: String) {
        self.name(name)
        if name.filter({ !$0.isWhitespace }).lowercased() == Correction.daemon {
            add(.by, "found \(name), which is the daemon's own name, expected a person's")
        }
    }

    /// The scope of a correction in `words`, each of which may hold several terms; empty where it is wrong.
    fileprivate mutating func scope(
        _ words: [String], of kind: Correction.Kind, catalog: Catalog
    ) -> [CorrectionTerm] {
        switch ScopeText.terms(words.joined(separator: " "), of: kind, catalog: catalog) {
        case .success(let terms):
            var seen: Set<CorrectionTerm> = []
            for term in terms where !seen.insert(term).inserted {
                add(.scope, "found \(term.text) again, expected each term once")
            }
            return terms
        case .failure(let found):
            for mistake in found.all { add(.scope, "\(mistake.message)\(didYouMean(mistake.nearest))") }
            return []
        }
    }
}
