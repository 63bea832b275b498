import Ledger
import LedgerSupport
import Platform
import SLA
import SLAOracle
import Testing

@testable import Monitor
@testable import SLA

/// A step back of the wall clock begins another pass, and costs no outage (semantics §3.1).
@Suite struct PassClockTests {
    /// 2026-10-31T00:00:00Z.
    private static let start = Instant(milliseconds: 1_793_404_800_000)
    private static let hour: Milliseconds = 3_600_000

    @Test func aStepBackBeginsAPass() {
        let clock = TestClock(Self.start)
        let passes = PassClock { clock.now }
        passes.goOn(in: 0, next: 4)
        #expect(passes.now().pass == 0)
        clock.pass(5000)
        clock.step(-Self.hour)
        clock.pass(1000)
        let now = passes.now()
        #expect(now.pass == 4 && now.passedEnd == Self.start + 6000)
        #expect(now.wall == Self.start + 6000 - Self.hour)
        clock.step(-100)
        #expect(passes.now().pass == 5)
    }

    /// What time keeping does: the clock stands still until it is where it was.
    @Test func aSmallStepBackIsWaitedOut() {
        let clock = TestClock(Self.start)
        let passes = PassClock { clock.now }
        passes.goOn(in: 0, next: 1)
        _ = passes.now()
        clock.step(-90)
        #expect(passes.now().wall == Self.start)
        clock.pass(40)
        #expect(passes.now().wall == Self.start)
        clock.pass(60)
        let now = passes.now()
        #expect(now.wall == Self.start + 10 && now.pass == 0)
        // However many they are, together they are one.
        clock.step(-60)
        #expect(passes.now().pass == 0)
        clock.step(-60)
        #expect(passes.now().pass == 1)
    }

    @Test func aStepForthOfAMinuteBeginsAPass() {
        let clock = TestClock(Self.start)
        let passes = PassClock { clock.now }
        passes.goOn(in: 0, next: 1)
        _ = passes.now()
        clock.step(59_999)
        #expect(passes.now().pass == 0)
        clock.pass(1000)
        clock.step(60_000)
        let now = passes.now()
        #expect(now.pass == 1 && now.passedEnd == Self.start + 60_999)
    }

    /// The ledger may be waited for, while something is seen.
    @Test func whatWasSeenBeforeThereWasALedgerGoesOnInItsPass() {
        func clock(steps: Int) -> (PassClock, seen: [Pass]) {
            let clock = TestClock(Self.start)
            let passes = PassClock { clock.now }
            var seen = [passes.now().pass]
            for _ in 0..<steps {
                clock.step(-Self.hour)
                seen.append(passes.now().pass)
            }
            return (passes, seen)
        }
        let (first, seen) = clock(steps: 2)
        first.goOn(in: 3, next: 7)
        #expect(seen.map(first.number) == [3, 7, 8])
        #expect(first.now().pass == 8)
        // A second ledger at its path would not be another record.
        first.goOn(in: 0, next: 1)
        #expect(first.now().pass == 8)
        // What a daemon before this one has left beside the ledger.
        let (next, _) = clock(steps: 0)
        next.goOn(in: 8, next: 9)
        #expect((seen + [5]).map(next.number) == [8, 8, 8, 5])
    }

    @Test func itIsRecordedInThatPass() throws {
        var machine = try Machine(catalog, at: Self.start)
        machine.see("web", .up)
        machine.turn()
        machine.clock.step(-Self.hour)
        machine.see("web", .up)
        machine.turn()
        machine.clock.pass(1000)
        try machine.crash { $0.see("web", .down) }
        machine.turn()
        let web = CheckID(service: "web", check: Check.defaultID)
        let samples = try machine.ledger.ledger.read { ledger in
            try [0, 1].map { try ledger.samples(of: web, pass: $0, from: .distantPast, through: .distantFuture).count }
        }
        #expect(samples == [1, 2])
    }

    @Test func aDaemonThatBeginsBehindItsSamplesIsInAnotherPass() throws {
        let folder = StateFolder(isDurable: false)
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        func pass(at instant: Instant) throws -> Pass {
            let clock = TestClock(instant)
            let passes = PassClock { clock.now }
            try passes.goOn(with: ledger)
            return passes.now().pass
        }
        #expect(try pass(at: Self.start) == 0)
        try ledger.commit(Batch(observations: [observation("web", Self.start, .up)]))
        #expect(try pass(at: Self.start + 1000) == 0)
        #expect(try pass(at: Self.start - 1000) == 1)
        // It may be the clock that is wrong.
        #expect(try pass(at: Self.start + 2 * Self.hour) == 1)
    }

    /// A true outage of ten seconds, in the middle of which the clock is set back by an hour, and back forth later.
    @Test func anOutageSurvivesTheStep() throws {
        var machine = try Machine(catalog, at: Self.start)
        func run(_ state: SampleState, seconds: Int) {
            for _ in 0..<seconds {
                for service in ["api", "web"] { machine.see(service, service == "web" ? state : .up) }
                machine.turn(after: 1000)
            }
        }
        run(.up, seconds: 60)
        run(.down, seconds: 5)
        machine.clock.step(-Self.hour)
        run(.down, seconds: 5)
        run(.up, seconds: 60)
        let asOf = Self.start + 2 * Self.hour
        let report = try machine.ledger.ledger.read {
            try $0.report(of: try #require(CivilMonth("2026-10")), asOf: asOf, configured: catalog)
        }
        let web = try #require(report.figures.last)
        #expect(web.partition.down.length == 10_000)
        #expect(web.outages.count == 2)
        let up = try #require(try machine.kept().last { $0.event == .serviceUp })
        #expect(up["down_s"]?.english(in: .utc) == "10.000")
        #expect(machine.log.lines.allSatisfy { !$0.contains("not recorded") })
        #expect(try machine.ledger.ledger.read { try $0.passEnds().map(\.at) } == [Self.start + 65_000])
    }

    /// A check is probed twice within a step back that is hardly longer than its interval: both are recorded.
    @Test func twoProbesWithinAShortStepAreTwo() throws {
        var machine = try Machine(catalog, at: Self.start)
        for state in [.down, .up, .down] as [SampleState] {
            machine.see("web", state)
            machine.turn(after: 950)
            machine.clock.step(-950)
        }
        let web = CheckID(service: "web", check: Check.defaultID)
        let states = try machine.ledger.ledger.read { ledger in
            try [0, 1, 2].map { try ledger.samples(of: web, pass: $0, from: .distantPast, through: .distantFuture) }
        }
        #expect(states.map { $0.map(\.state) } == [[.down], [.up], [.down]])
        #expect(machine.log.lines.allSatisfy { !$0.contains("not recorded") })
    }

    /// Time that the clock skips, as that of a machine that slept, is no part of an outage that had ended by then.
    @Test func anOutageEndsWhereTheClockSkips() throws {
        var machine = try Machine(catalog, at: Self.start)
        func run(_ state: SampleState, seconds: Int) {
            for _ in 0..<seconds {
                for service in ["api", "web"] { machine.see(service, service == "web" ? state : .up) }
                machine.turn(after: 1000)
            }
        }
        run(.up, seconds: 30)
        run(.down, seconds: 10)
        machine.clock.step(61_000)
        run(.up, seconds: 30)
        let report = try machine.ledger.ledger.read {
            try $0.report(of: try #require(CivilMonth("2026-10")), asOf: Self.start + 131_000, configured: catalog)
        }
        #expect(try #require(report.figures.last).partition.down.length == 10_000)
    }

    /// Nine seconds an hour ahead, or in 2030, cost nine: no sample is read again for ever, and nothing is unmeasured
    /// for years.
    @Test(arguments: [61_000, 59 * 60_000, 4 * 365 * 24 * Self.hour] as [Milliseconds])
    func aWrongClockCostsNothingForLong(step: Milliseconds) throws {
        var machine = try Machine(catalog, at: Self.start)
        func run(seconds: Int) {
            for _ in 0..<seconds {
                for service in ["api", "web"] { machine.see(service, .up) }
                machine.turn(after: 1000)
            }
        }
        run(seconds: 30)
        machine.clock.step(step)
        run(seconds: 9)
        machine.clock.step(-step)
        run(seconds: 30)
        let report = try machine.ledger.ledger.read {
            try $0.report(
                of: try #require(CivilMonth("2026-10")), asOf: Self.start + 69_000, configured: catalog)
        }
        for figures in report.figures {
            let seen = figures.partition.unmeasured.intersection(
                IntervalSet(Interval(Self.start, Self.start + 69_000)))
            #expect(seen.length <= 9000)
            #expect(figures.partition.down.isEmpty)
        }
        #expect(machine.said.isEmpty, "\(machine.said)")
    }
}
