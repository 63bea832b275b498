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

    /// The clock was wrong, and is set back: a restart warns no more than who goes on.
    @Test func whatWasSaidToBeOverIsNotSaidToBeNear() {
        var world = IncidentWorld()
        world.see("d", .down, at: 0)
        world.decide([], 2000)
        world.watch = IncidentWatch(
            transitions: [Transition(service: "d", state: .down, since: Self.at(0), at: Self.at(1))],
            incidents: world.incidents, alerts: world.alerts)
        world.decide([], 1100)
        #expect(world.said == ["handling_overdue I1"])
    }
}
