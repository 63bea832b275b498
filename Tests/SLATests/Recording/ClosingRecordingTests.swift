import SLAOracle
import Testing

@testable import SLA

/// Of two that close a month at once, the second must look at what the first has kept.
@Suite struct ClosingRecordingTests {
    @Test func aStatementFollowsTheOneThatItAmends() throws {
        let month = try #require(CivilMonth("2026-10"))
        let first = StatementNumber(month: month, sequence: 1)
        func draft(amends: StatementNumber?) -> ClosedStatement.Draft {
            ClosedStatement.Draft(
                month: month, amends: amends, closedAt: t(1), asOf: t(1), closedBy: "an", reason: "", program: "1",
                csv: [], inputs: "", series: [],
                digests: StatementDigests(
                    csv: "", inputs: "", agreement: "", terms: "", exclusions: "", negotiations: "", samples: ""),
                changes: StatementChanges(), ledgerState: "")
        }
        #expect(ClosedStatement.keeping(draft(amends: nil), after: nil)?.identifier == "2026-10/1")
        #expect(ClosedStatement.keeping(draft(amends: first), after: first)?.identifier == "2026-10/2")
        #expect(ClosedStatement.keeping(draft(amends: nil), after: first) == nil)
        #expect(ClosedStatement.keeping(draft(amends: first), after: first.next) == nil)
    }
}
