import SLAOracle
import Testing

@testable import SLA

/// Locks, their ends, and ends of services (clause 3.2), as what is revoked and what is recorded.
@Suite struct SuspensionTests {
    private func suspension(
        _ id: String, scope: [ScopeTerm] = [.service("web")], from: Int64 = 10, by: String = "an"
    ) throws -> Exclusion {
        Exclusion(
            id: id, category: .suspension, scope: scope, interval: try #require(Interval(t(from), Exclusion.openEnd)),
            evidence: "ticket", recordedAt: t(from), recordedBy: by)
    }

    private func register(
        _ exclusions: (Exclusion, SuspensionAct)...
    ) -> ExclusionRegister {
        ExclusionRegister(
            ExclusionList(
                exclusions.map {
                    RecordedExclusion(exclusion: $0, details: ExclusionDetails(act: $1, breach: "clause 4"))
                }))
    }

    private func revocation(at: Int64, by: String, reason: String) -> ExclusionAmendment.Revocation {
        ExclusionAmendment.Revocation(id: "E1", at: t(at), by: by, reason: reason)
    }

    private func closed(end: Int64, at: Int64, by: String) throws -> ExclusionAmendment.Entry {
        var lock = try suspension("")
        lock.interval = span(10, end)
        lock.recordedAt = t(at)
        lock.recordedBy = by
        return ExclusionAmendment.Entry(lock, details: ExclusionDetails(act: .lock, breach: "clause 4"))
    }

    @Test func aServiceIsLockedOnce() throws {
        let details = ExclusionDetails(act: .lock, breach: "clause 4")
        let lock = try suspension("", from: 30)
        #expect(
            try register().suspending(lock, details: details, at: t(30))
                == ExclusionAmendment(recording: [ExclusionAmendment.Entry(lock, details: details)]))
        for (act, kept) in [
            (SuspensionAct.lock, SuspensionAct.lock), (.lock, .termination), (.termination, .termination),
        ] {
            #expect(throws: SuspensionError.alreadySuspended(id: "E1", act: kept, since: t(10))) {
                try register((suspension("E1"), kept))
                    .suspending(lock, details: ExclusionDetails(act: act), at: t(30))
            }
        }
        // Another scope is another suspension, and the order of the terms says nothing.
        let both = try suspension("", scope: [.service("mail"), .service("web")])
        _ = try register((suspension("E1"), .lock)).suspending(both, details: details, at: t(30))
        #expect(throws: SuspensionError.alreadySuspended(id: "E2", act: .lock, since: t(10))) {
            try register((suspension("E2", scope: [.service("web"), .service("mail")]), .lock))
                .suspending(both, details: details, at: t(30))
        }
    }

    @Test func anEndTakesThePlaceOfTheLock() throws {
        let details = ExclusionDetails(act: .termination, breach: "again")
        let end = try suspension("", from: 50, by: "binh")
        #expect(
            try register((suspension("E1"), .lock)).suspending(end, details: details, at: t(60))
                == ExclusionAmendment(
                    revoking: [revocation(at: 60, by: "binh", reason: "ended")],
                    recording: [
                        closed(end: 50, at: 60, by: "binh"), ExclusionAmendment.Entry(end, details: details),
                    ]))
        // Where it began before the lock, nothing is left of that.
        let early = try suspension("", from: 5, by: "binh")
        #expect(
            try register((suspension("E1"), .lock)).suspending(early, details: details, at: t(60))
                == ExclusionAmendment(
                    revoking: [revocation(at: 60, by: "binh", reason: "ended")],
                    recording: [ExclusionAmendment.Entry(early, details: details)]))
    }

    @Test func anUnlockedServiceKeepsTheTimeThatItWasLocked() throws {
        let locks = register((try suspension("E1"), .lock), (try suspension("E2"), .termination))
        #expect(
            try locks.unlocking("E1", end: t(20), at: t(60), by: "chi", reason: "paid")
                == ExclusionAmendment(
                    revoking: [revocation(at: 60, by: "chi", reason: "paid")],
                    recording: [closed(end: 20, at: 60, by: "chi")]))
        func unlock(_ id: String, end: Int64 = 20) throws {
            _ = try locks.unlocking(id, end: t(end), at: t(60), by: "chi", reason: "paid")
        }
        #expect(throws: ExclusionError.unknown(id: "E9")) { try unlock("E9") }
        #expect(throws: SuspensionError.notAnOpenLock(id: "E2")) { try unlock("E2") }
        #expect(throws: SuspensionError.endsBeforeItBegins(id: "E1", start: t(10))) { try unlock("E1", end: 10) }
    }

    @Test func onlyWhatIsOpenCanBeUnlocked() throws {
        var over = try suspension("E1")
        over.interval = span(10, 20)
        var revoked = try suspension("E2")
        revoked.revokedAt = t(15)
        for (id, lock) in [("E1", over), ("E2", revoked)] {
            #expect(throws: SuspensionError.notAnOpenLock(id: id)) {
                try register((lock, .lock)).unlocking(id, end: t(20), at: t(60), by: "", reason: "")
            }
        }
    }
}
