import Intake
import Ledger
import SLA
import Testing
import UseCases

@Suite struct SuspensionTests {
    private let world: World
    private let start: Instant

    init() throws {
        world = try World()
        start = try at("2026-10-01T00:00:00+07:00")
    }

    private func request(_ act: SuspensionAct, _ scope: String = "service:acme-web") -> SuspensionRequest {
        SuspensionRequest(act: act, scope: [scope], breach: "clause 4", evidence: "letter", from: start)
    }

    private func standing() throws -> [Exclusion] {
        try world.ledger.read { try $0.exclusions() }.map(\.exclusion).filter { $0.revokedAt == nil }
    }

    /// A lock is open; unlocked, another exclusion holds the time it lasted.
    @Test func aLockIsOpenUntilItIsUnlocked() throws {
        #expect(try world.recording().suspend(request(.lock)).text == "E1\n")
        #expect(try standing().map(\.isOpen) == [true])
        let unlocked = try world.recording().unlock(
            UnlockRequest("acme-web", at: start + 86_400_000, reason: "paid"))
        #expect(unlocked.text == "E2\n")
        #expect(
            unlocked.remarks.map { $0.text(naming: \.rawValue) } == [
                "revoked E1, recorded E2 for the time it lasted"
            ])
        #expect(try standing().map(\.interval) == [try #require(Interval(start, start + 86_400_000))])
        let again = try world.refusal(Intake.Refusal.self) {
            try world.recording().unlock(UnlockRequest("acme-web", reason: "paid"))
        }
        #expect(again?.description == "acme-web is not locked")
        #expect(
            try world.refusal(SuspensionError.self) {
                try world.recording().unlock(UnlockRequest("E2", reason: "paid"))
            } == .notAnOpenLock(id: "E2"))
    }

    @Test func anEndClosesTheLockOfTheSameServices() throws {
        _ = try world.recording().suspend(request(.lock, "customer:acme"))
        var end = request(.termination, "customer:acme")
        end.from = start + 3_600_000
        #expect(try world.recording().suspend(end).text == "E3\n")
        #expect(try standing().map(\.isOpen) == [false, true])
        #expect(
            try world.refusal(SuspensionError.self) {
                try world.recording().suspend(request(.lock, "customer:acme"))
            } == .alreadySuspended(id: "E3", act: .termination, since: start + 3_600_000))
    }

    @Test func everyMistakeIsSaidAtOnce() throws {
        let lock = SuspensionRequest(
            act: .lock, scope: ["service:acme-wbe"], breach: " ", evidence: "", from: world.now + 1)
        try world.expectMistakes([
            "scope: unknown service \"acme-wbe\", expected one of the configuration's; did you mean "
                + "service:acme-web?",
            "from: lies in the future", "breach: found nothing, expected the term that was broken",
            "evidence: found nothing, expected what proves it",
            "by: found \"a\u{1B}b\", expected one line without control characters",
        ]) { try world.recording(by: "a\u{1B}b").suspend(lock) }
        let unlock = UnlockRequest("acme-web", at: world.now + 1, reason: " ")
        #expect(try world.mistakes { try world.recording().unlock(unlock) }.count == 2)
        _ = try world.recording().suspend(request(.lock))
        #expect(
            try world.refusal(SuspensionError.self) {
                try world.recording().unlock(UnlockRequest("E1", at: start, reason: "x"))
            } == .endsBeforeItBegins(id: "E1", start: start))
        let unknown = try world.refusal(Unknown.self) {
            try world.recording().unlock(UnlockRequest("acme-wbe", reason: "x"))
        }
        #expect(unknown?.nearest == "acme-web")
    }

    @Test func ofFourWhoLockOneDoes() async throws {
        let lock = request(.lock)
        let (done, refused) = await world.fourAtOnce { try $0.suspend(lock).text }
        #expect(done == ["E1\n"])
        #expect(
            refused.map { $0 as? SuspensionError }
                == Array(repeating: .alreadySuspended(id: "E1", act: .lock, since: start), count: 3))
        let (unlocked, late) = await world.fourAtOnce { try $0.unlock(UnlockRequest("E1", reason: "paid")).text }
        #expect(unlocked == ["E2\n"])
        #expect(late.map { $0 as? SuspensionError } == Array(repeating: .notAnOpenLock(id: "E1"), count: 3))
    }
}
