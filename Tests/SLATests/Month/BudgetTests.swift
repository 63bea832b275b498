import SLA
import SLAOracle
import Testing

/// The budget of the running month (semantics §7); the differential tests compare it with the oracle's, too.
@Suite struct BudgetTests {
    /// October in Hanoi, 744 h, `down` ms of outage at its beginning, as known after the first day.
    private static func budget(down: Int64, exclusions: [Exclusion] = [], objective: String = "99") throws -> Budget {
        let month = ZoneTable.hoChiMinh.months[0]
        let start = month.start * 1000
        var world = World(
            zone: .hoChiMinh, month: month, asOf: start + 86_400_000, objective: objective,
            paid: [start..<1 << 60],
            checks: [
                World.Watch(
                    confirm: 1, staleAfter: 86_400_000,
                    samples: [Sample(at: t(start), state: .down), Sample(at: t(start + down), state: .up)])
            ])
        world.exclusions = exclusions
        let figures = try #require(world.figures(of: world.timeline()))
        return Budget(of: figures, exclusions: exclusions)
    }

    @Test func onePercentOfTheWholeMonth() throws {
        let budget = try Self.budget(down: 3_600_000)
        #expect(budget.allowed == 744 * 36_000)
        #expect(budget.spent == 3_600_000)
        #expect(budget.remaining == 744 * 36_000 - 3_600_000)
    }

    /// Month-to-date far under the objective, and yet the month can still be met, until one ms too many.
    @Test func lostOnlyWhenNothingIsLeft() throws {
        #expect(try Self.budget(down: 744 * 36_000).remaining == 0)
        #expect(try Self.budget(down: 744 * 36_000 + 1).remaining == -1)
    }

    @Test func cutToTheMillisecond() throws {
        // 0.000001 % of 2,678,400,000 ms is 26.784 ms.
        #expect(try Self.budget(down: 1, objective: "99.999999").allowed == 26)
        #expect(try Self.budget(down: 1, objective: "100").allowed == 0)
        #expect(try Self.budget(down: 1, objective: "0").allowed == 2_678_400_000)
    }

    /// An admitted exclusion later in the month already takes its share; a refused one does not.
    @Test func plannedExclusionsShrinkTheMonth() throws {
        let late = (ZoneTable.hoChiMinh.months[0].start + 20 * 86_400) * 1000
        var planned = Exclusion(
            id: "p", category: .scheduledMaintenance, scope: [.all], interval: span(late, late + 36_000_000),
            noticeAt: t(late - 86_400_000))
        #expect(try Self.budget(down: 1, exclusions: [planned]).allowed == 734 * 36_000)
        // Overlapping claims are counted once.
        #expect(try Self.budget(down: 1, exclusions: [planned, planned]).allowed == 734 * 36_000)
        planned.noticeAt = nil
        #expect(try Self.budget(down: 1, exclusions: [planned]).allowed == 744 * 36_000)
    }
}
