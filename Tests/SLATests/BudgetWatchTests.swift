import SLAOracle
import Testing
import Wording

@testable import SLA

/// What is said of the budget, and that it is said once (semantics §7).
@Suite struct BudgetWatchTests {
    /// 2026-10-01T00:00:00Z.
    private static let start: Int64 = 1_790_812_800_000

    private func at(_ second: Int64) -> Instant { Instant(milliseconds: Self.start + second * 1000) }

    /// A service with a sample every `each` seconds that is paid for from the first for `paid` seconds.
    private func watch(
        paid: Int64, each: Int64 = 1, objective: String = "99", latch: ServiceAlertLatch = ServiceAlertLatch()
    ) throws -> ServiceWatch {
        let service = Service(
            id: "web", customer: "acme", paid: IntervalSet(Interval(at(0), at(paid))),
            checks: [
                Check(
                    interval: each * 1000, timeout: 1000, retryInterval: 1000, confirm: 1,
                    probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
            ])
        let agreement = Agreement(
            objective: try #require(ExactDecimal(objective)), calendar: CivilCalendar(zone: .utc))
        return ServiceWatch(service, under: agreement, latch: latch)
    }

    /// Feeds a sample every `each` seconds of `range`, down inside `down`; the alerts about the budget.
    private func run(
        _ range: Range<Int64>, each: Int64 = 1, down: [Range<Int64>], _ watch: inout ServiceWatch,
        exclusions: [Exclusion] = [], isDoubted: Bool = false
    ) -> [Alert] {
        var said: [Alert] = []
        for second in stride(from: range.lowerBound, to: range.upperBound, by: Int(each)) {
            let isDown = down.contains { $0.contains(second) }
            watch.append(Sample(at: at(second), state: isDown ? .down : .up), of: "default", cause: nil)
            for case .alert(let alert) in watch.decide(
                now: at(second), exclusions: ExclusionIndex(exclusions), isDoubted: isDoubted)
            where BudgetAlertLatch.events.contains(alert.event) {
                said.append(alert)
            }
        }
        return said
    }

    private func steps(_ alerts: [Alert]) -> [String] {
        alerts.filter { $0.event != .budgetBurning }.map { alert in
            let second = (alert.at.milliseconds - Self.start) / 1000
            return "\(second):\(alert.event.rawValue)"
                + (alert["threshold_percent"].map { " \($0.english(in: .utc))" } ?? "")
        }
    }

    // 1000 s paid, so 10 s allowed.
    //
    //      0     10      15  18 19  21
    //      UUUUUUDDDDDDDDDDDDDDDDDDDDDDDD
    //                    50  75 90  lost (more than 10 s)

    @Test func eachThresholdIsSaidOnceAndSoIsTheLoss() throws {
        var watch = try watch(paid: 1000)
        let said = run(0..<60, down: [10..<40], &watch)
        #expect(
            steps(said) == [
                "15:budget_consumed 50", "18:budget_consumed 75", "19:budget_consumed 90", "21:commitment_lost",
            ])
        let lost = try #require(said.last)
        #expect(lost.event.severity == .critical)
        #expect(lost["allowed_s"]?.english(in: .utc) == "10.000")
        #expect(lost["spent_s"]?.english(in: .utc) == "11.000")
        #expect(lost["remaining_s"]?.english(in: .utc) == "-1.000")
        #expect(lost["consumed_percent"]?.english(in: .utc) == "110.0000")
        #expect(lost["month"]?.english(in: .utc) == "2026-10")
        #expect(lost["service"]?.english(in: .utc) == "web")
    }

    @Test func thresholdsThatArePassedAtOnceAreAllSaid() throws {
        var watch = try watch(paid: 1000)
        for second in Int64(0)..<40 {
            watch.append(Sample(at: at(second), state: second < 10 ? .up : .down), of: "default", cause: nil)
        }
        let said = run(40..<42, down: [40..<42], &watch)
        #expect(
            steps(said) == [
                "40:budget_consumed 50", "40:budget_consumed 75", "40:budget_consumed 90", "40:commitment_lost",
            ])
    }

    @Test(arguments: 0...30)
    func aRestartAtAnyMomentNeitherRepeatsNorForgets(stop: Int64) throws {
        var whole = try watch(paid: 1000)
        let all = run(0..<60, down: [10..<40], &whole)
        var first = try watch(paid: 1000)
        let before = run(0..<stop, down: [10..<40], &first)
        var second = try watch(paid: 1000, latch: ServiceAlertLatch(from: before))
        for past in 0..<stop {
            second.append(
                Sample(at: at(past), state: (10..<40).contains(past) ? .down : .up), of: "default", cause: nil)
        }
        #expect(before + run(stop..<60, down: [10..<40], &second) == all)
    }

    @Test func whatAnExclusionGivesBackIsNotSaidAgainWhenItIsTakenAway() throws {
        var watch = try watch(paid: 1000)
        #expect(run(0..<60, down: [10..<40], &watch).count > 3)
        var exclusion = Exclusion(
            id: "E1", category: .thirdParty, scope: [.all], interval: span(Self.start, Self.start + 40_000),
            evidence: "ticket", recordedAt: at(60))
        #expect(run(60..<70, down: [], &watch, exclusions: [exclusion]).isEmpty)
        #expect(watch.figures(at: at(69), exclusions: [exclusion]).budget.spent == 0)
        exclusion.revokedAt = at(70)
        #expect(steps(run(70..<80, down: [], &watch, exclusions: [exclusion])).isEmpty)
        #expect(watch.figures(at: at(79), exclusions: [exclusion]).budget.remaining == -20_000)
    }

    @Test func aNewMonthHasABudgetOfItsOwn() throws {
        let october = Int64(31 * 86_400)
        var watch = try watch(paid: october + 1000)
        // Of the month 26,784 s are measured, so that 267.84 s are allowed.
        let first = october - 26_784
        let said = run(first..<october, each: 1, down: [first + 10..<october - 10], &watch)
        #expect(
            steps(said).map { $0.drop { $0 != ":" } } == [
                ":budget_consumed 50", ":budget_consumed 75", ":budget_consumed 90", ":commitment_lost",
            ])
        watch.forget(before: at(october))
        let next = run(october..<october + 60, down: [october + 10..<october + 40], &watch)
        #expect(steps(next).count == 4)
        #expect(next.allSatisfy { $0["month"]?.english(in: .utc) == "2026-11" })
    }

    /// The clock is set back over the turn of the month, and comes to it again: the month's alerts stay said.
    @Test func aMonthThatBeginsTwiceIsToldOnce() throws {
        var watch = try watch(paid: 1000)
        #expect(run(0..<60, down: [10..<40], &watch).count > 3)
        _ = watch.decide(now: at(-60), exclusions: ExclusionIndex([]))
        #expect(run(60..<70, down: [], &watch).isEmpty)
    }

    /// What was said by a clock that is set back to before that is said again when its time comes.
    @Test func whatAWrongClockHasSaidIsSaidAgain() throws {
        var watch = try watch(paid: 200_000)
        func said(at second: Int64) -> [String] {
            watch.decide(now: at(second), exclusions: ExclusionIndex([])).compactMap { action in
                guard case .alert(let alert) = action, [.budgetConsumed, .commitmentLost].contains(alert.event)
                else { return nil }
                return "\(alert.event) \(alert["threshold_percent"]?.number ?? 0)"
            }
        }
        _ = run(0..<5000, down: [1000..<5000], &watch, isDoubted: true)
        let all = ["budgetConsumed 50", "budgetConsumed 75", "budgetConsumed 90", "commitmentLost 0"]
        #expect(said(at: 100_000) == all)
        // Set back by less than a day, and then by more.
        #expect(said(at: 13_601).isEmpty)
        #expect(said(at: 2100) == ["budgetConsumed 50"])
        #expect(said(at: 2600) == ["budgetConsumed 75"])
        #expect(said(at: 3100) == ["budgetConsumed 90", "commitmentLost 0"])
        #expect(said(at: 100_000).isEmpty)
    }

    /// A clock that has just stepped forth says nothing of a month, and all of it once it is steady.
    @Test func aClockThatIsDoubtedSaysNothingOfAMonth() throws {
        var watch = try watch(paid: 1000)
        #expect(run(0..<60, down: [10..<40], &watch, isDoubted: true).isEmpty)
        #expect(run(60..<61, down: [], &watch).count >= 3)
    }

    @Test func noBudgetAtAllIsLostWithTheFirstFailure() throws {
        var watch = try watch(paid: 1000, objective: "100")
        #expect(
            steps(run(0..<12, down: [10..<12], &watch)) == [
                "11:budget_consumed 50", "11:budget_consumed 75", "11:budget_consumed 90", "11:commitment_lost",
            ])
    }

    // MARK: - Burning

    private static let month: Int64 = 31 * 86_400

    private func windows(_ alerts: [Alert]) -> [String] {
        alerts.filter { $0.event == .budgetBurning }.map { alert in
            "\((alert.at.milliseconds - Self.start) / 60_000):\(alert["window_s"]?.english(in: .utc) ?? "")"
        }
    }

    /// 2 % of 7.44 h is 8 min 55.68 s: the ninth minute of an outage is too much for an hour.
    @Test func anOutageThatWouldUseUpTheBudgetIsSaidOnceInEachWindow() throws {
        var watch = try watch(paid: Self.month, each: 60)
        let said = run(0..<7200, each: 60, down: [600..<2400], &watch)
        #expect(windows(said) == ["19:3600", "33:21600"])
        let first = try #require(said.first { $0.event == .budgetBurning })
        #expect(first["window_down_s"]?.english(in: .utc) == "540.000")
        #expect(first["burn_rate"]?.english(in: .utc) == "15.00")
        #expect(first["threshold_percent"]?.english(in: .utc) == "2")
        #expect(first.event.severity == .warning)
    }

    /// The hour holds enough, but the last five minutes are quiet: it is over, and nobody is called.
    @Test func whatIsOverIsNotBurning() throws {
        var watch = try watch(paid: Self.month, each: 60)
        for minute in Int64(0)..<20 {
            let state: SampleState = minute < 9 ? .down : .up
            watch.append(Sample(at: at(minute * 60), state: state), of: "default", cause: nil)
        }
        #expect(run(1200..<7200, each: 60, down: [], &watch).isEmpty)
        #expect(watch.figures(at: at(1200), exclusions: []).burns.first == .init(long: 540_000, short: 0))
    }

    /// It is said again only when less than half of what was too much is left in the window in between.
    @Test func anEpisodeEndsWhenItsWindowIsCalm() throws {
        var watch = try watch(paid: Self.month, each: 60)
        // Nine minutes at 0:00; two more at 0:40, when the hour still holds nine; nine at 3:00.
        let said = run(0..<14_400, each: 60, down: [0..<600, 2400..<2520, 10_800..<11_400], &watch)
        #expect(windows(said).filter { $0.hasSuffix(":3600") } == ["9:3600", "189:3600"])
    }

    /// That it was calm between two burns is found in the samples: whoever was not there, or was restarted at any
    /// moment, calls for the second one as well, and for nothing twice.
    @Test func aRestartBetweenTwoBurnsNeitherRepeatsNorForgets() throws {
        // Nine minutes at 0:00, two at 0:40, nine at 3:00: in the third hour it was calm, and in the first it was not.
        let down: [Range<Int64>] = [0..<600, 2400..<2520, 10_800..<11_400]
        var whole = try watch(paid: Self.month, each: 60)
        let all = run(0..<14_400, each: 60, down: down, &whole)
        #expect(windows(all) == ["9:3600", "189:3600"])
        for stop in stride(from: Int64(0), to: 14_400, by: 60) {
            var first = try watch(paid: Self.month, each: 60)
            let before = run(0..<stop, each: 60, down: down, &first)
            var second = try watch(paid: Self.month, each: 60, latch: ServiceAlertLatch(from: before))
            for past in stride(from: Int64(0), to: stop, by: 60) {
                let isDown = down.contains { $0.contains(past) }
                second.append(Sample(at: at(past), state: isDown ? .down : .up), of: "default", cause: nil)
            }
            #expect(before + run(stop..<14_400, each: 60, down: down, &second) == all, "\(stop)")
        }
    }

    /// The monitor was off while it was calm, and sees the second burn only.
    @Test func aCalmThatNobodySawIsACalm() throws {
        var watch = try watch(paid: Self.month, each: 60)
        let said = run(0..<1200, each: 60, down: [0..<600], &watch)
        #expect(windows(said) == ["9:3600"])
        #expect(windows(run(10_800..<12_000, each: 60, down: [10_800..<11_400], &watch)).contains("189:3600"))
    }

    /// A tenth of a month is 74.4 h: no hour can burn so fast that 2 % of it are gone.
    @Test func aShareThatIsLongerThanItsWindowIsNeverBurnt() throws {
        var watch = try watch(paid: Self.month, each: 60, objective: "90")
        let said = run(0..<5 * 3600, each: 60, down: [0..<5 * 3600], &watch)
        #expect(windows(said) == ["224:21600"])
    }

    @Test func burnRateOfOneIsTheBudgetOverTheMonth() throws {
        let month = 30 * 24 * 3_600_000 as Int64
        let allowed = month / 100
        for (window, rate) in zip(BurnWindow.all, [1440, 600, 100] as [Int64]) {
            let long = allowed * window.percent / 100
            let downtime = BurnWindow.Downtime(long: long, short: long / 12)
            #expect(window.isBurning(downtime, allowed: allowed))
            #expect(!window.isBurning(.init(long: long - 1, short: long / 12), allowed: allowed))
            #expect(!window.isBurning(.init(long: long, short: long / 12 - 1), allowed: allowed))
            #expect(window.rateHundredths(downtime, allowed: allowed, counted: month) == rate)
            #expect(!window.isOver(.init(long: 0, short: 0, leastSince: nil), allowed: allowed))
            #expect(!window.isOver(.init(long: long, short: 0, leastSince: long / 2), allowed: allowed))
            #expect(window.isOver(.init(long: long, short: 0, leastSince: long / 2 - 1), allowed: allowed))
        }
    }
}
