import Testing

@testable import SLA

@Suite struct ScheduleTests {
    private func now(_ wall: Int64, _ monotonic: Int64) -> Now {
        Now(wall: Instant(milliseconds: wall), monotonic: MonotonicInstant(nanoseconds: UInt64(monotonic) * 1_000_000))
    }

    private func id(_ name: String) -> CheckID { CheckID(service: name, check: "default") }

    private func schedule(_ names: [String], interval: Milliseconds = 60_000, at now: Now) -> Schedule {
        Schedule(names.map { (id($0), interval) }, continuing: Schedule(), now: now)
    }

    /// Everything that is due until `end`, turn by turn, as (check, at).
    private func run(_ schedule: inout Schedule, from start: Now, until end: Int64) -> [Schedule.Due] {
        let offset = start.wall.milliseconds - Int64(start.monotonic.nanoseconds / 1_000_000)
        var taken: [Schedule.Due] = []
        while let due = schedule.nextDue {
            let monotonic = Int64((due.nanoseconds + 999_999) / 1_000_000)
            if monotonic + offset >= end { return taken }
            taken += schedule.takeDue(now: now(monotonic + offset, monotonic))
        }
        return taken
    }

    @Test func everyCheckIsDueOnceAnIntervalOnItsOwnPhase() {
        let start = now(1_000_000_000, 5000)
        var schedule = schedule((0..<50).map { "s\($0)" }, at: start)
        let taken = run(&schedule, from: start, until: 1_000_000_000 + 600_000)
        #expect(taken.count == 500)
        for name in (0..<50).map({ "s\($0)" }) {
            let instants = taken.filter { $0.check == id(name) }.map(\.at.milliseconds)
            #expect(instants.count == 10)
            let phase = Schedule.phase(of: id(name), interval: 60_000)
            #expect(instants.allSatisfy { $0 % 60_000 == phase })
        }
        #expect(taken.allSatisfy { $0.missed == 0 })
    }

    @Test func phasesAreStableAndSpread() {
        // Written down once: a restart, another machine or a later version must not move anybody.
        #expect(Schedule.phase(of: id("acme-web"), interval: 60_000) == 6753)
        var tenths = [Int](repeating: 0, count: 10)
        for index in 0..<10_000 {
            tenths[Int(Schedule.phase(of: id("service-\(index)"), interval: 60_000) / 6000)] += 1
        }
        #expect(tenths.allSatisfy { (900...1100).contains($0) })
    }

    @Test func aRestartOrAReloadMovesNobody() {
        let start = now(1_000_000_000, 5000)
        var first = schedule(["a", "b"], at: start)
        let before = Set(run(&first, from: start, until: 1_000_300_000).map { $0.at.milliseconds % 60_000 })
        let later = now(1_000_300_000, 305_000)
        var reloaded = Schedule(
            [(id("b"), 60_000), (id("c"), 60_000), (id("a"), 60_000)], continuing: first, now: later)
        let after = run(&reloaded, from: later, until: 1_000_600_000)
        for name in ["a", "b"] {
            #expect(after.filter { $0.check == id(name) }.count == 5)
            #expect(after.filter { $0.check == id(name) }.allSatisfy { before.contains($0.at.milliseconds % 60_000) })
        }
    }

    @Test func aQuickRetryComesSoonerAndOnlySooner() {
        let start = now(1_000_000_000, 5000)
        var schedule = schedule(["a"], at: start)
        let due = schedule.nextDue
        schedule.retry(id("a"), after: 100_000, now: start)
        #expect(schedule.nextDue == due)
        schedule.retry(id("a"), after: 1, now: start)
        #expect(schedule.nextDue == start.monotonic + 1)
        let retried = schedule.takeDue(now: now(1_000_000_001, 5001))
        #expect(retried.map(\.check) == [id("a")])
        // Then it is back on its grid.
        #expect(schedule.nextDue == due)
        schedule.retry(id("nobody"), after: 1, now: start)
        #expect(schedule.nextDue == due)
    }

    @Test func dueTimesThatPassedUnusedAreCounted() throws {
        let start = now(1_000_000_000, 5000)
        var schedule = schedule(["a"], at: start)
        let due = try #require(schedule.nextDue)
        let at = 1_000_000_000 + Int64(due.nanoseconds / 1_000_000) - 5000
        // Asleep for 10 intervals and a bit.
        let late = now(at + 600_007, Int64(due.nanoseconds / 1_000_000) + 600_007)
        #expect(
            schedule.takeDue(now: late) == [Schedule.Due(check: id("a"), at: Instant(milliseconds: at), missed: 10)])
        #expect(schedule.takeDue(now: late).isEmpty)
        #expect(try #require(schedule.nextDue) - late.monotonic == 60_000 - 7)
    }

    /// The timer waits for the slot's end; what was due in it is then taken together, each at its own due time.
    @Test func whatIsDueInOneSlotIsTakenTogether() throws {
        let start = now(1_000_000_000, 5000)
        var schedule = schedule((0..<600).map { "s\($0)" }, interval: 1000, at: start)
        var sizes: [Int] = []
        while let turn = schedule.nextTurn, sizes.reduce(0, +) < 600 {
            #expect(turn.nanoseconds % 20_000_000 == 0)
            let monotonic = Int64(turn.nanoseconds / 1_000_000)
            let taken = schedule.takeDue(now: now(monotonic + 1_000_000_000 - 5000, monotonic))
            let late = taken.map { monotonic + 1_000_000_000 - 5000 - $0.at.milliseconds }
            #expect(late.allSatisfy { (0..<20).contains($0) } && taken.allSatisfy { $0.missed == 0 })
            sizes.append(taken.count)
        }
        #expect(sizes.count <= 51)
    }

    /// What a standstill has left overdue begins within moments, and not in one.
    @Test func whatIsOverdueIsTakenInTurns() throws {
        let start = now(1_000_000_000, 5000)
        var schedule = schedule((0..<900).map { "s\($0)" }, interval: 2000, at: start)
        var sizes: [Int] = []
        var monotonic: Int64 = 9000
        var taken: Set<CheckID> = []
        while taken.count < 900 {
            let due = schedule.takeDue(now: now(monotonic + 1_000_000_000 - 5000, monotonic))
            sizes.append(due.count)
            taken.formUnion(due.map(\.check))
            let turn = Int64(try #require(schedule.nextTurn).nanoseconds / 1_000_000)
            #expect(turn > monotonic && turn <= monotonic + 20)
            monotonic = turn
        }
        // Nine a slot are the average; the last ones are half a second late.
        #expect(sizes.allSatisfy { $0 <= 40 } && monotonic <= 9000 + 520)
    }

    /// A slot is a small part of the shortest interval, so that no due time is missed for its sake.
    @Test(arguments: [1, 5, 40, 159, 160, 1000] as [Milliseconds])
    func aSlotIsAPartOfTheInterval(_ interval: Milliseconds) throws {
        let start = now(1_000_000_000, 5000)
        let schedule = schedule(["a"], interval: interval, at: start)
        let (due, turn) = (try #require(schedule.nextDue), try #require(schedule.nextTurn))
        #expect(turn >= due && turn - due < max(2, min(20, interval / 8)))
    }

    @Test(arguments: [-86_400_000, -3_600_000, -1, 1, 1800, 3_600_000, 86_400_000] as [Int64])
    func aClockThatStepsDelaysTheNextProbeByLessThanAnInterval(_ step: Int64) throws {
        let start = now(1_000_000_000, 5000)
        var schedule = schedule(["a"], at: start)
        for turn in 0..<5 {
            let due = try #require(schedule.nextDue)
            let monotonic = Int64((due.nanoseconds + 999_999) / 1_000_000)
            let wall = 1_000_000_000 + monotonic - 5000 + (turn >= 2 ? step : 0)
            #expect(schedule.takeDue(now: now(wall, monotonic)).count == 1)
            let wait = try #require(schedule.nextDue) - MonotonicInstant(nanoseconds: UInt64(monotonic) * 1_000_000)
            #expect(wait > 0 && wait <= 60_000)
        }
    }
}
