import SLAOracle
import Testing
import Wording

@testable import SLA

/// What is said of an incident's deadline.
@Suite struct IncidentDeadlineTests {
    private static func at(_ minute: Int64) -> Instant { IncidentWorld.at(minute) }

    /// 24 h: due after 18 h, over after 24 h; each is said once, and a restart in between says nothing again.
    @Test(arguments: [false, true])
    func aDeadlineIsSaidToBeNearAndOverOnce(restarts: Bool) throws {
        var world = IncidentWorld()
        world.see("d", .down, at: 0)
        var said: [String] = []
        for minute in stride(from: Int64(2), through: 1500, by: 2) {
            if restarts {
                world.watch = IncidentWatch(
                    transitions: [Transition(service: "d", state: .down, since: Self.at(0), at: Self.at(1))],
                    incidents: world.incidents, alerts: world.alerts)
            }
            let before = world.alerts.count
            world.decide([], minute)
            said += world.said.dropFirst(before).map { "\(minute) \($0)" }
        }
        #expect(said == ["1080 handling_due I1", "1442 handling_overdue I1"])
        let overdue = try #require(world.alerts.last)
        #expect(overdue["deadline"]?.english(in: .utc) == "2026-10-06T00:00:00Z")
        #expect(overdue["over_s"]?.english(in: .utc) == "120.000")
        #expect(overdue["services"]?.english(in: .utc) == "d")
        #expect(world.alerts.first?["remaining_s"]?.english(in: .utc) == "21600.000")
    }

    @Test func aDeadlineThatMovedIsSaidAgain() {
        var world = IncidentWorld()
        world.see("d", .down, at: 0)
        world.decide([], 1100)
        #expect(world.said == ["handling_due I1"])
        world.say(1, .waiting(reason: "the log"), at: 1200)
        world.decide([], 1300)
        world.decide([], 3000)
        #expect(world.said == ["handling_due I1"], "nothing is said of one that waits")
        world.say(1, .resumed, at: 3000)
        world.decide([], 3001)
        #expect(world.said == ["handling_due I1", "handling_due I1"])
        #expect(world.alerts.last?["deadline"]?.english(in: .utc) == "2026-10-07T06:00:00Z")
        world.decide([], 3240)
        #expect(world.alerts.count == 2)
        world.decide([], 3241)
        #expect(world.said.last == "handling_overdue I1")
    }

    @Test func whatWasOverBeforeAnybodyLookedIsSaidToBeOverAlone() {
        var world = IncidentWorld()
        world.see("d", .down, at: 0)
        world.decide([], 2000)
        #expect(world.said == ["handling_overdue I1"])
        world.say(1, .resolved(note: ""), at: 2001)
        world.decide([], 9000)
        #expect(world.alerts.count == 1)
    }

    /// The clock was wrong, and is set back: what it has announced is announced again when its time comes, by who goes
    /// on and after a restart.
    @Test(arguments: [false, true])
    func whatAWrongClockHasSaidIsSaidAgain(restarts: Bool) {
        var world = IncidentWorld()
        world.see("d", .down, at: 0)
        world.decide([], 2000)
        if restarts {
            world.watch = IncidentWatch(
                transitions: [Transition(service: "d", state: .down, since: Self.at(0), at: Self.at(1))],
                incidents: world.incidents, alerts: world.alerts)
        } else {
            world.watch.clockSetBack()
        }
        for minute in [1000, 1079, 1080, 1081, 1440, 1441, 1442] as [Int64] { world.decide([], minute) }
        #expect(world.said == ["handling_overdue I1", "handling_due I1", "handling_overdue I1"])
        #expect(world.alerts.map(\.at) == [Self.at(2000), Self.at(1080), Self.at(1441)])
    }

    /// A clock that is put right by less than a minute has nothing said again.
    @Test func aDeadlineThatComesAgainAtOnceIsSaidOnce() {
        var world = IncidentWorld()
        world.see("d", .down, at: 0)
        world.decide([], 1441)
        world.watch.clockSetBack()
        _ = world.watch.decide(
            [], catalog: IncidentWorld.catalog, exclusions: ExclusionIndex([]), now: Self.at(1440) + 1)
        world.decide([], 1442)
        #expect(world.said == ["handling_overdue I1"])
    }

    /// What falls while the clock is doubted opens its incident once it is believed, with its own beginning; what
    /// recovers, has recovered when that was known, by where the clock should be.
    @Test func noIncidentOpensByAClockThatIsDoubted() {
        var world = IncidentWorld()
        world.see("e", .down, at: 0)
        let transitions = [
            Transition(service: "d", state: .down, since: Self.at(50_000), at: Self.at(50_001)),
            Transition(service: "e", state: .up, since: Self.at(50_000), at: Self.at(50_001)),
        ]
        let actions = world.watch.decide(
            transitions, catalog: IncidentWorld.catalog, exclusions: ExclusionIndex([]), now: Self.at(10),
            isDoubted: true)
        let recovered = IncidentEvent(
            at: Self.at(10), recordedAt: Self.at(10), by: IncidentEvent.monitor, .recovered)
        #expect(actions == [.record(incident: 1, event: recovered)])
        world.watch.commit()
        world.decide([], 12)
        #expect(world.histories[2]?.map(\.at) == [Self.at(12)])
    }

    /// A clock that has just stepped forth says nothing of a deadline; nothing is lost where it is right.
    @Test func nothingIsSaidByAClockThatIsDoubted() {
        var world = IncidentWorld()
        world.see("d", .down, at: 0)
        let actions = world.watch.decide(
            [], catalog: IncidentWorld.catalog, exclusions: ExclusionIndex([]), now: Self.at(2000), isDoubted: true)
        #expect(actions.isEmpty)
        world.decide([], 2001)
        #expect(world.said == ["handling_overdue I1"])
    }
}
