import SLA
import Testing

@testable import Ledger

/// One way to record: what is decided on a snapshot is recorded with it, or nothing is.
@Suite struct RecordTests {
    let directory: TemporaryDirectory
    let ledger: Ledger

    init() throws {
        directory = try TemporaryDirectory()
        ledger = try Ledger(directory: directory.path, access: .daemon)
    }

    @Test func whatIsRecordedComesBackWithWhatItIsCalled() throws {
        let draft = PaidWithdrawal(
            id: "", service: "web", interval: try span(1, 2), reason: "never paid", recordedAt: t(3), recordedBy: "an")
        let plan = MaintenancePlan(
            number: 0, kind: .scheduled, scope: [.all], recurrence: .once(try span(80, 90)), reason: "disks",
            plannedAt: t(4), plannedBy: "an")
        let event = IncidentEvent(
            at: t(1), recordedAt: t(1), by: "an",
            .opened(.hand, cause: .text("slow"), services: [AffectedService(service: "web", customer: "acme")]))
        let more = MaintenanceExtension(
            plan: 1, number: 0, date: CivilCalendar(zone: .utc).date(at: t(80)), until: t(99), at: t(5), by: "an",
            reason: "slow")
        let recorded = try ledger.record { snapshot in
            let incident = try Incident.opening([event], after: snapshot.lastIncidentNumber())
            return try [
                .withdrawal(draft), .withdrawal(draft), .maintenancePlan(plan), .maintenanceExtension(more),
                .exclusion(.init(exclusion(""))), .observations([observation(1)]),
            ] + incident.facts(of: [event])
        }
        #expect(recorded.identifiers == ["W1", "W2", "M1", "M1.x1", "E1", "I1"])
        #expect(recorded.facts.count == 7)
        #expect(recorded.exclusions.map(\.id) == ["E1"])
        #expect(recorded.plans.map(\.number) == [1] && recorded.extensions.map(\.number) == [1])
        #expect(recorded.samples.recorded == 1)
        #expect(try ledger.read { try $0.paidWithdrawals() }.map(\.id) == ["W1", "W2"])
        let maintenance = try ledger.read { try $0.maintenance() }
        #expect(maintenance.plans == recorded.plans && maintenance.extensions == recorded.extensions)
        let notice = Notice(
            number: 0, subject: .plan(1), customer: nil, channel: .website, wantedAt: t(6), wantedBy: "an")
        try ledger.record { _ in [.notice(notice)] }
        let attempt = try #require(
            try ledger.record { _ in [.noticeAttempt(NoticeAttempt(notice: 1, at: t(7), by: "an"))] }.attempts.first)
        try ledger.record { _ in
            [.noticeResult(attempt: attempt.number, Notice.Result(at: t(8), outcome: .delivered, answer: "done"))]
        }
        #expect(try ledger.read { try $0.notices() }.map(\.lastResult?.answer) == ["done"])
    }

    @Test func aRefusalRecordsNothing() throws {
        struct No: Error {}
        #expect(throws: No.self) {
            try ledger.record { snapshot in
                #expect(try snapshot.sampleCount() == 0)
                throw No()
            }
        }
        // Of facts that cannot all be recorded none is; the ledger goes on.
        #expect(throws: ExclusionError.unknown(id: "E9")) {
            try ledger.record { _ in
                [
                    .observations([observation(1)]), .exclusion(.init(try exclusion("E1"))),
                    .revocation(.init(id: "E9", at: t(1), by: "an", reason: "x")),
                ]
            }
        }
        #expect(throws: TermsError.unknown(id: "x")) {
            try ledger.record { _ in
                [.reinstatement(withdrawal: "x", PaidWithdrawal.Reinstatement(at: t(1), by: "", reason: ""))]
            }
        }
        #expect(try ledger.read { try $0.sampleCount() } == 0)
        #expect(try ledger.read { try $0.exclusions() }.isEmpty)
        // What was looked up in a transaction that was rolled back is not taken for known.
        #expect(try ledger.record { _ in [.observations([observation(1)])] }.samples.recorded == 1)
        #expect(try ledger.record { _ in [.observations([observation(1)])] }.samples.repeated == 1)
    }

    @Test func nothingToRecordIsNothing() throws {
        let recorded = try ledger.record { _ in [] }
        #expect(recorded.facts.isEmpty && recorded.identifiers.isEmpty)
        #expect(recorded.samples == CommitResult())
    }

    /// Many who record on what they have read: each sees what the others recorded before it.
    @Test func whatIsReadHoldsUntilItIsRecorded() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask { [path = directory.path] in
                    let other = try Ledger(directory: path, access: .recorder)
                    defer { try? other.close() }
                    for _ in 0..<10 {
                        try other.record { snapshot in
                            let count = try snapshot.transitions(of: "web", in: span(0, 1000)).count
                            return [
                                .transition(Transition(service: "web", state: .up, since: t(0), at: t(Int64(count))))
                            ]
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let transitions = try ledger.read { try $0.transitions(of: "web", in: span(0, 1000)) }
        #expect(transitions.map(\.at) == (0..<40).map(t))
    }

    /// A statement is sealed as it is recorded, to the one before it.
    @Test func statementsAreSealedInTheirOrder() throws {
        let month = try #require(CivilMonth("2026-10"))
        func draft(amends: StatementNumber?) -> ClosedStatement.Draft {
            ClosedStatement.Draft(
                month: month, amends: amends, closedAt: t(1), asOf: t(1), closedBy: "an", reason: "", program: "1",
                csv: Array("a".utf8), inputs: "b", series: [],
                digests: StatementDigests(
                    csv: "", inputs: "", agreement: "", terms: "", exclusions: "", negotiations: "", samples: ""),
                changes: StatementChanges(), ledgerState: "")
        }
        func keep(_ draft: ClosedStatement.Draft) throws -> ClosedStatement? {
            try ledger.record { snapshot in
                ClosedStatement.keeping(draft, after: try snapshot.latestStatementNumber(of: month)).map { [$0] } ?? []
            }.statements.first
        }
        let first = try #require(try keep(draft(amends: nil)))
        #expect(try keep(draft(amends: nil)) == nil)
        let second = try #require(try keep(draft(amends: first.number)))
        #expect(first.previousSeal.isEmpty && second.previousSeal == first.seal && first.seal != second.seal)
        #expect(try ledger.read { try $0.statements() } == [first, second])
        #expect(try ledger.read { try $0.statementPositions() } == [1, 2])
        for statement in [first, second] {
            #expect(try ledger.read { try $0.expectedSeal(of: statement) } == statement.seal)
        }
    }
}
