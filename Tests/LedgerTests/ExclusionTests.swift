import LedgerSupport
import SLA
import Testing

@testable import Ledger

@Suite struct ExclusionTests {
    let directory: TemporaryDirectory
    let ledger: Ledger

    init() throws {
        directory = try TemporaryDirectory()
        ledger = try Ledger(directory: directory.path, access: .recorder)
    }

    @Test func exclusionsComeBackAsTheyWere() throws {
        let full = try exclusion("E1")
        let bare = Exclusion(id: "E0", category: .thirdParty, scope: [.customer("acme")], interval: try span(-1, 0))
        let imported = try exclusion("E2", revokedAt: t(7))
        for exclusion in [full, bare, imported] { try ledger.record(exclusion) }
        #expect(
            try ledger.exclusions() == [
                RecordedExclusion(exclusion: full), RecordedExclusion(exclusion: bare),
                RecordedExclusion(exclusion: imported, revokedBy: "", revocationReason: ""),
            ])
    }

    @Test func anIdentifierIsUsedOnce() throws {
        try ledger.record(try exclusion("E1"))
        var other = try exclusion("E1")
        other.recordedBy = "someone else"
        let error = failure(ExclusionError.self) { try ledger.record(other) }
        #expect(error == .duplicate(id: "E1", recordedAt: t(2), by: "an"))
        #expect(error?.description == "exclusion E1 exists, recorded at 1970-01-01T00:00:00.002Z by an")
        #expect(try ledger.exclusions().map(\.exclusion.recordedBy) == ["an"])
    }

    /// Two of one name would make a list that no replay reads.
    @Test func whatMaintenanceIsCalledIsNobodyElsesName() throws {
        let id = "M1.2026-10-11.acme"
        #expect(failure(ExclusionError.self) { try ledger.record(try exclusion(id)) } == .reserved(id: id))
        let unknown = failure(ExclusionError.self) { try ledger.revoke(id: id, at: t(31), by: "an", reason: "x") }
        #expect(unknown?.description.contains("maintenance cancel") == true)
        #expect(try ledger.exclusions().isEmpty)
    }

    @Test func revokingIsDoneOnceAndSaysByWhom() throws {
        try ledger.record(try exclusion("E1"))
        try ledger.revoke(id: "E1", at: t(30), by: "binh", reason: "wrong rack")
        #expect(
            try ledger.exclusions() == [
                RecordedExclusion(
                    exclusion: try exclusion("E1", revokedAt: t(30)), revokedBy: "binh",
                    revocationReason: "wrong rack")
            ])
        let again = failure(ExclusionError.self) { try ledger.revoke(id: "E1", at: t(31), by: "an", reason: "x") }
        #expect(again == .alreadyRevoked(id: "E1", at: t(30), by: "binh", reason: "wrong rack"))
        #expect(
            again?.description
                == "exclusion E1 is already revoked, at 1970-01-01T00:00:00.030Z by binh: wrong rack")
        let unknown = failure(ExclusionError.self) { try ledger.revoke(id: "E9", at: t(31), by: "an", reason: "x") }
        #expect(unknown == .unknown(id: "E9"))
    }

    @Test func theVersionGrowsWithEveryRecordAndOnlyThen() throws {
        let reader = try Ledger(directory: directory.path, access: .reader)
        var versions = [try reader.exclusionsVersion()]
        try ledger.record(try exclusion("E1"))
        versions.append(try reader.exclusionsVersion())
        try ledger.revoke(id: "E1", at: t(3), by: "", reason: "")
        versions.append(try reader.exclusionsVersion())
        try ledger.record(try exclusion("E2", revokedAt: t(9)))
        versions.append(try reader.exclusionsVersion())
        #expect(versions == versions.sorted())
        #expect(Set(versions).count == 4)
        try ledger.commit(Batch(observations: [observation(1)]))
        _ = failure(ExclusionError.self) { try ledger.record(try exclusion("E1")) }
        #expect(try reader.exclusionsVersion() == versions.last)
    }
}
