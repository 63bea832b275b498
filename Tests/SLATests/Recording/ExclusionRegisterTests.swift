import SLAOracle
import Testing

@testable import SLA

/// What may be recorded of exclusions, by what is recorded of them (semantics §4).
@Suite struct ExclusionRegisterTests {
    private func entry(
        _ id: String, _ category: ExclusionCategory = .thirdParty, evidence: String = "mail", revokedAt: Int64? = nil,
        _ details: ExclusionDetails = ExclusionDetails()
    ) -> ExclusionAmendment.Entry {
        ExclusionAmendment.Entry(
            Exclusion(
                id: id, category: category, scope: [.service("web")], interval: span(10, 20), evidence: evidence,
                recordedAt: t(2), recordedBy: "an", revokedAt: revokedAt.map(t)), details: details)
    }

    private func register(_ entries: ExclusionAmendment.Entry...) -> ExclusionRegister {
        ExclusionRegister(
            ExclusionList(
                entries.map { entry in
                    let isRevoked = entry.exclusion.revokedAt != nil
                    return RecordedExclusion(
                        exclusion: entry.exclusion, revokedBy: isRevoked ? "binh" : nil,
                        revocationReason: isRevoked ? "wrong" : nil, details: entry.details)
                }))
    }

    private func revocation(_ id: String) -> ExclusionAmendment.Revocation {
        ExclusionAmendment.Revocation(id: id, at: t(30), by: "chi", reason: "moved")
    }

    @Test func oneWithoutAnIdentifierIsGivenTheNextFreeOne() throws {
        #expect(try register().facts(of: .init(recording: [entry("")])) == [.exclusion(entry("E1"))])
        // E3 was given by hand.
        let two = register(entry("E1"), entry("E3"))
        #expect(
            try two.facts(of: .init(recording: [entry(""), entry("")])).map(\.identifier) == ["E4", "E5"])
    }

    @Test func anIdentifierIsUsedOnce() {
        #expect(throws: ExclusionError.duplicate(id: "E1", recordedAt: t(2), by: "an")) {
            try register(entry("E1")).facts(of: .init(recording: [entry("E1")]))
        }
        #expect(throws: ExclusionError.duplicate(id: "x", recordedAt: t(2), by: "an")) {
            try register().facts(of: .init(recording: [entry("x"), entry("x")]))
        }
        #expect(throws: ExclusionError.reserved(id: "M1.2026-10-11.acme")) {
            try register().facts(of: .init(recording: [entry("M1.2026-10-11.acme")]))
        }
    }

    @Test func whatIsRevokedStandsAndIsRevokedOnce() throws {
        #expect(
            try register(entry("E1")).facts(of: .init(revoking: [revocation("E1")])) == [.revocation(revocation("E1"))])
        #expect(throws: ExclusionError.unknown(id: "E9")) {
            try register(entry("E1")).facts(of: .init(revoking: [revocation("E9")]))
        }
        #expect(throws: ExclusionError.alreadyRevoked(id: "E1", at: t(5), by: "binh", reason: "wrong")) {
            try register(entry("E1", revokedAt: 5)).facts(of: .init(revoking: [revocation("E1")]))
        }
        #expect(throws: ExclusionError.alreadyRevoked(id: "E1", at: t(30), by: "chi", reason: "moved")) {
            try register(entry("E1")).facts(of: .init(revoking: [revocation("E1"), revocation("E1")]))
        }
    }

    @Test func anEditIsARevocationAndAnotherRecord() throws {
        let facts = try register(entry("E1")).facts(
            of: .init(revoking: [revocation("E1")], recording: [entry("", .forceMajeure)]))
        #expect(facts == [.revocation(revocation("E1")), .exclusion(entry("E2", .forceMajeure))])
    }

    // MARK: - Imports

    private let file = ImportedFile(name: "e.csv", size: 7, digest: "ab", format: "exclusions")

    private func imported(
        _ entries: [ExclusionAmendment.Entry], into register: ExclusionRegister
    ) throws -> (facts: [Fact], outcome: ImportOutcome) {
        try register.facts(importing: entries, from: file, at: t(40), by: "lan")
    }

    @Test func anImportTakesWhatIsNotThereYet() throws {
        let known = register(entry("E1"), entry("E2", evidence: "fire", revokedAt: 5))
        // What the file still holds for standing may be revoked here; the kind may stand before the evidence.
        let (facts, outcome) = try imported([entry("E1"), entry("E2", evidence: "fire"), entry("x")], into: known)
        #expect(outcome == ImportOutcome(recorded: 1, repeated: 2))
        #expect(
            facts == [
                .exclusion(entry("x")),
                .imported(
                    RecordedImport(number: 0, file: file, at: t(40), by: "lan", completedAt: t(40), outcome: outcome)),
            ])
    }

    @Test func whatIsThereAlreadyIsNoImport() throws {
        let kind = ExclusionDetails(kind: .fire)
        let (facts, outcome) = try imported(
            [entry("E1", .forceMajeure, evidence: "fire: report")],
            into: register(entry("E1", .forceMajeure, evidence: "report", kind)))
        #expect(facts.isEmpty)
        #expect(outcome == ImportOutcome(repeated: 1))
    }

    @Test func whatSaysSomethingElseIsNamed() {
        let known = register(entry("E1"), entry("E2"), entry("E3"))
        let file = [entry("E1", .forceMajeure), entry("E2"), entry("E3", revokedAt: 4), entry("new")]
        #expect(throws: ExclusionError.contradicted(ids: ["E1", "E3"])) { try imported(file, into: known) }
    }
}
