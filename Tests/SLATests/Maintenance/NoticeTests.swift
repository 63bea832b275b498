import SLAOracle
import Testing

@testable import SLA

/// When a notice is tried again.
@Suite struct NoticeTests {
    private func notice(_ attempts: [(Int64, Notice.Outcome?)]) -> Notice {
        Notice(
            number: 1, subject: .plan(1), customer: "acme", channel: .email, wantedAt: t(0), wantedBy: "lan",
            attempts: attempts.map { at, outcome in
                Notice.Attempt(
                    at: t(at), by: "lan",
                    result: outcome.map { Notice.Result(at: t(at + 1), outcome: $0, answer: "451 later") })
            })
    }

    @Test func pausesGrow() {
        let never = Instant.distantFuture
        #expect(notice([]).nextAttempt(before: t(-5)) == t(0))
        #expect(notice([(0, .deferred)]).nextAttempt(before: never) == t(60_001))
        #expect(notice([(0, .deferred), (0, .deferred)]).nextAttempt(before: never) == t(300_001))
        #expect(notice(Array(repeating: (0, .deferred), count: 3)).nextAttempt(before: never) == t(900_001))
        #expect(notice(Array(repeating: (0, .deferred), count: 9)).nextAttempt(before: never) == t(3_600_001))
    }

    @Test func itEndsWhenItIsDoneOrTooLate() {
        #expect(notice([(0, .deferred), (9, .delivered)]).nextAttempt(before: .distantFuture) == nil)
        #expect(notice([(0, .refused)]).nextAttempt(before: .distantFuture) == nil)
        #expect(notice([(0, .deferred)]).nextAttempt(before: t(60_001)) == nil)
        #expect(notice([(0, .deferred)]).nextAttempt(before: t(60_002)) == t(60_001))
    }

    /// A try that was cut off is tried again, but not while it may still run.
    @Test func whatWasCutOffIsTriedAgain() {
        #expect(notice([(0, nil)]).nextAttempt(before: .distantFuture) == t(Notice.longestAttempt))
    }
}
