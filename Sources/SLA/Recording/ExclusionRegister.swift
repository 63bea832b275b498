/// What may be recorded of exclusions next, by what is recorded of them (semantics §4).
public struct ExclusionRegister {
    let recorded: any RecordedExclusions
    /// What was decided so far: the facts in order, and the exclusions as they stand by them.
    private(set) var facts: [Fact] = []
    private var decided: [String: RecordedExclusion] = [:]
    private var added = 0

    /// A register that goes on where `recorded` is.
    public init(_ recorded: some RecordedExclusions) {
        self.recorded = recorded
    }

    /// The exclusion called `id`; nil where there is none.
    /// - Throws: what the ledger throws.
    func exclusion(_ id: String) throws -> RecordedExclusion? { try decided[id] ?? recorded.exclusion(id) }

    /// What is recorded where `amendment` is made: at every instant either all of it is known or nothing. An exclusion
    /// without an identifier is given the next that is free of E1, E2, ….
    /// - Throws: ``ExclusionError``, and what the ledger throws.
    public func facts(of amendment: ExclusionAmendment) throws -> [Fact] {
        var next = self
        for revocation in amendment.revoking { try next.revoke(revocation) }
        for entry in amendment.recording { try next.record(entry) }
        return next.facts
    }

    mutating func record(_ draft: ExclusionAmendment.Entry) throws {
        var entry = draft
        if entry.exclusion.id.isEmpty { entry.exclusion.id = try nextIdentifier() }
        let id = entry.exclusion.id
        if MaintenanceClaim.isIdentifier(id) { throw ExclusionError.reserved(id: id) }
        if let earlier = try exclusion(id)?.exclusion {
            throw ExclusionError.duplicate(id: id, recordedAt: earlier.recordedAt, by: earlier.recordedBy)
        }
        let isRevoked = entry.exclusion.revokedAt != nil
        decided[id] = RecordedExclusion(
            exclusion: entry.exclusion, revokedBy: isRevoked ? "" : nil, revocationReason: isRevoked ? "" : nil,
            details: entry.details)
        added += 1
        facts.append(.exclusion(entry))
    }

    private mutating func revoke(_ revocation: ExclusionAmendment.Revocation) throws {
        guard let recorded = try exclusion(revocation.id) else { throw ExclusionError.unknown(id: revocation.id) }
        if let revokedAt = recorded.exclusion.revokedAt {
            throw ExclusionError.alreadyRevoked(
                id: revocation.id, at: revokedAt, by: recorded.revokedBy ?? "", reason: recorded.revocationReason ?? "")
        }
        var exclusion = recorded.exclusion
        exclusion.revokedAt = revocation.at
        decided[revocation.id] = RecordedExclusion(
            exclusion: exclusion, revokedBy: revocation.by, revocationReason: revocation.reason,
            details: recorded.details)
        facts.append(.revocation(revocation))
    }

    /// Somebody may have given an identifier of this form by hand.
    private func nextIdentifier() throws -> String {
        var number = try recorded.exclusionCount() + added + 1
        while try exclusion("E\(number)") != nil { number += 1 }
        return "E\(number)"
    }
}

/// The exclusions of a ledger, as far as a decision asks for them: one more costs the same beside ten thousand.
public protocol RecordedExclusions {
    /// The exclusion called `id`; nil where there is none.
    func exclusion(_ id: String) throws -> RecordedExclusion?
    /// How many there are, revoked ones too.
    func exclusionCount() throws -> Int
    /// The locks and ends of services that are not over, in the order in which they were recorded.
    func openSuspensions() throws -> [RecordedExclusion]
}

/// All of them at hand: for whoever asks for many.
public struct ExclusionList: RecordedExclusions, Sendable {
    private let exclusions: [RecordedExclusion]
    private let positions: [String: Int]

    /// The exclusions of a ledger, in the order in which they were recorded.
    public init(_ exclusions: [RecordedExclusion]) {
        self.exclusions = exclusions
        positions = Dictionary(
            exclusions.enumerated().map { ($1.exclusion.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The exclusion called `id`; nil where there is none.
    public func exclusion(_ id: String) -> RecordedExclusion? { positions[id].map { exclusions[$0] } }

    /// How many there are, revoked ones too.
    public func exclusionCount() -> Int { exclusions.count }

    /// The locks and ends of services that are not over, in the order in which they were recorded.
    public func openSuspensions() -> [RecordedExclusion] { exclusions.filter(\.isOpenSuspension) }
}
