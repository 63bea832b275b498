/// The corrections that are recorded, and what may be recorded of them next (semantics §3.3).
public struct CorrectionRegister: Sendable {
    private(set) var corrections: [Correction]
    private var positions: [String: Int]

    /// The corrections of a ledger, in the order in which they were recorded.
    public init(_ recorded: [Correction]) {
        corrections = recorded
        positions = Dictionary(
            recorded.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The correction called `id`; nil where there is none.
    public subscript(id: String) -> Correction? { positions[id].map { corrections[$0] } }

    /// The identifiers of those of `kind`, revoked ones too.
    public func identifiers(of kind: Correction.Kind) -> [String] {
        corrections.filter { $0.kind == kind }.map(\.id)
    }

    /// What is recorded where `correction` is; one without an identifier is given the next that is free of V1, V2, …
    /// or D1, D2, ….
    ///
    /// - Throws: ``CorrectionError/duplicate(id:)``, ``CorrectionError/similar(id:existing:)``,
    ///   ``CorrectionError/ofOtherKind(id:kind:)``, ``CorrectionError/notOfServices(term:)``.
    public func facts(recording draft: Correction) throws(CorrectionError) -> [Fact] {
        var correction = draft
        if correction.id.isEmpty { correction.id = nextIdentifier(of: correction.kind) }
        try check(correction.id, of: correction.kind)
        if correction.kind == .downtime {
            for term in correction.scope {
                // Down is what a service is: no part of how it is measured can be.
                guard case .services = term else { throw .notOfServices(term: term.text) }
            }
        }
        return [.correction(correction)]
    }

    /// What is recorded where the correction of `kind` called `id` is revoked.
    ///
    /// - Throws: ``CorrectionError/unknown(id:kind:)``, ``CorrectionError/alreadyRevoked(id:_:)``.
    public func facts(
        revoking id: String, of kind: Correction.Kind, _ revocation: Correction.Revocation
    ) throws(CorrectionError) -> [Fact] {
        guard let correction = self[id], correction.kind == kind else { throw .unknown(id: id, kind: kind) }
        if let earlier = correction.revocation { throw .alreadyRevoked(id: id, earlier) }
        return [.correctionRevocation(id: id, revocation)]
    }

    /// Whether a correction of `kind` may be called `id`: nobody is to take it for another.
    private func check(_ id: String, of kind: Correction.Kind) throws(CorrectionError) {
        if self[id] != nil { throw .duplicate(id: id) }
        if let other = Correction.Kind.allCases.first(where: { $0 != kind && $0.names(id) }) {
            throw .ofOtherKind(id: id, kind: other)
        }
        if let existing = similar(to: id) { throw .similar(id: id, existing: existing) }
    }

    /// The identifier that differs from `id` in upper and lower case at the most; nil where there is none.
    private func similar(to id: String) -> String? {
        let lowercased = id.lowercased()
        return corrections.first { $0.id.lowercased() == lowercased }?.id
    }

    /// Somebody may have given an identifier of this form by hand.
    private func nextIdentifier(of kind: Correction.Kind) -> String {
        var number = identifiers(of: kind).count + 1
        while similar(to: "\(kind.letter)\(number)") != nil { number += 1 }
        return "\(kind.letter)\(number)"
    }
}

extension Correction.Kind {
    /// Whether `id` is of the form of the identifiers that those of this kind are given.
    fileprivate func names(_ id: String) -> Bool {
        id.count > 1 && id.prefix(1).uppercased() == letter && id.dropFirst().allSatisfy(\.isASCII)
            && id.dropFirst().allSatisfy(\.isWholeNumber)
    }
}

/// Why a correction was not recorded or not revoked. The ledger is as it was.
public enum CorrectionError: Error, Hashable, Sendable {
    /// There is one called `id` already.
    case duplicate(id: String)
    /// There is `existing`, which differs from `id` in nothing but upper and lower case.
    case similar(id: String, existing: String)
    /// `id` is of the form that those of `kind`, another, are given.
    case ofOtherKind(id: String, kind: Correction.Kind)
    /// A downtime is of services, and `term` names none.
    case notOfServices(term: String)
    /// There is none of `kind` called `id`.
    case unknown(id: String, kind: Correction.Kind)
    /// The one called `id` was revoked already.
    case alreadyRevoked(id: String, Correction.Revocation)
}

extension CorrectionError: CustomStringConvertible {
    /// A line; instants in UTC, as no other zone is known here.
    public var description: String {
        switch self {
        case .duplicate(let id): "\(id) exists, expected another identifier"
        case .similar(let id, let existing):
            "\(id) and \(existing), which exists, are too easily taken for each other, expected another identifier"
        case .ofOtherKind(let id, let kind):
            "\(id) is how a \(kind.rawValue) is called, expected another identifier"
        case .notOfServices(let term):
            "\(term) is a part of how services are measured, expected all, service:ID, customer:ID or group:NAME: "
                + "a service is down, not a part of its measurement"
        case .unknown(let id, let kind): "there is no \(kind.rawValue) \(id)"
        case .alreadyRevoked(let id, let revocation):
            "\(id) is already revoked, at \(RFC3339.text(revocation.at, in: .utc))"
                + (revocation.by.isEmpty ? "" : " by \(revocation.by)")
                + (revocation.reason.isEmpty ? "" : ": \(revocation.reason)")
        }
    }
}
