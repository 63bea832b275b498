/// The exclusions that are recorded, and what may be recorded of them next (semantics §4).
public struct ExclusionRegister: Sendable {
    private(set) var exclusions: [RecordedExclusion] = []
    private var positions: [String: Int] = [:]
    /// What was decided so far, in order.
    private(set) var facts: [Fact] = []

    /// The exclusions of a ledger, in the order in which they were recorded.
    public init(_ recorded: [RecordedExclusion]) {
        for exclusion in recorded { append(exclusion) }
    }

    /// The exclusion called `id`; nil where there is none.
    public subscript(id: String) -> RecordedExclusion? { positions[id].map { exclusions[$0] } }

    /// The identifiers of all of them, revoked ones too.
    public var identifiers: [String] { exclusions.map(\.exclusion.id) }

    /// What is recorded where `amendment` is made: at every instant either all of it is known or nothing. An exclusion
    /// without an identifier is given the next that is free of E1, E2, ….
    /// - Throws: ``ExclusionError``.
    public func facts(of amendment: ExclusionAmendment) throws(ExclusionError) -> [Fact] {
        var next = self
        for revocation in amendment.revoking { try next.revoke(revocation) }
        for entry in amendment.recording { try next.record(entry) }
        return next.facts
    }

    mutating func record(_ draft: ExclusionAmendment.Entry) throws(ExclusionError) {
        var entry = draft
        if entry.exclusion.id.isEmpty { entry.exclusion.id = nextIdentifier }
        let id = entry.exclusion.id
        if MaintenanceClaim.isIdentifier(id) { throw .reserved(id: id) }
        if let earlier = self[id]?.exclusion {
            throw .duplicate(id: id, recordedAt: earlier.recordedAt, by: earlier.recordedBy)
        }
        let isRevoked = entry.exclusion.revokedAt != nil
        append(
            RecordedExclusion(
                exclusion: entry.exclusion, revokedBy: isRevoked ? "" : nil, revocationReason: isRevoked ? "" : nil,
                details: entry.details))
        facts.append(.exclusion(entry))
    }

    private mutating func revoke(_ revocation: ExclusionAmendment.Revocation) throws(ExclusionError) {
        guard let position = positions[revocation.id] else { throw .unknown(id: revocation.id) }
        let recorded = exclusions[position]
        if let revokedAt = recorded.exclusion.revokedAt {
            throw .alreadyRevoked(
                id: revocation.id, at: revokedAt, by: recorded.revokedBy ?? "", reason: recorded.revocationReason ?? "")
        }
        var exclusion = recorded.exclusion
        exclusion.revokedAt = revocation.at
        exclusions[position] = RecordedExclusion(
            exclusion: exclusion, revokedBy: revocation.by, revocationReason: revocation.reason,
            details: recorded.details)
        facts.append(.revocation(revocation))
    }

    /// Somebody may have given an identifier of this form by hand.
    private var nextIdentifier: String {
        var number = exclusions.count + 1
        while positions["E\(number)"] != nil { number += 1 }
        return "E\(number)"
    }

    private mutating func append(_ exclusion: RecordedExclusion) {
        positions[exclusion.exclusion.id] = exclusions.count
        exclusions.append(exclusion)
    }
}
