import SLAOracle
import Testing

@testable import SLA

/// Which outages are which incidents.
@Suite struct IncidentWatchTests {
    private static func at(_ minute: Int64) -> Instant { IncidentWorld.at(minute) }

    @Test func outagesOfOneGroupAreOneIncident() {
        var world = IncidentWorld()
        world.see("a", .down, at: 0)
        world.see("b", .down, at: 2)
        world.see("d", .down, at: 2)
        #expect(world.shown == "I1 a b, I2 d")
        #expect(world.incidents.map(\.openedAt) == [Self.at(0), Self.at(2)])
        #expect(world.incidents[0].origin == .outage)
        #expect(world.incidents[0].cause == .text("refused"))
        #expect(world.incidents[0].customers == ["a-corp", "b-corp"])
    }

    @Test func outagesAtOneAddressAreOneIncident() {
        var world = IncidentWorld()
        world.see("d", .down, at: 0, address: "192.0.2.1")
        world.see("e", .down, at: 1, address: "192.0.2.1")
        #expect(world.shown == "I1 d e")
        world = IncidentWorld()
        world.see("d", .down, at: 0, address: "192.0.2.1")
        world.see("e", .down, at: 1, address: "192.0.2.2")
        world.see("a", .down, at: 1)
        #expect(world.shown == "I1 d, I2 e, I3 a")
    }

    /// Five minutes from the opening, exactly that included; a group's chain does not make it longer.
    @Test func whatFailsLaterIsAnotherIncident() {
        var world = IncidentWorld()
        world.see("a", .down, at: 0)
        world.see("b", .down, at: 5)
        world.see("c", .down, at: 6)
        #expect(world.shown == "I1 a b, I2 c")
        world = IncidentWorld()
        world.see("a", .down, at: 0)
        world.see("b", .down, at: 6)
        #expect(world.shown == "I1 a, I2 b")
    }

    /// One that is looked at every 20 min may notice the same fault that much later.
    @Test func aSlowCheckHasLonger() {
        var world = IncidentWorld()
        world.see("a", .down, at: 0)
        world.see("s", .down, at: 20)
        #expect(world.shown == "I1 a s")
    }

    @Test func theOutageThatBeganFirstOpens() {
        var world = IncidentWorld()
        world.decide(
            [
                Transition(service: "a", state: .down, since: Self.at(2), at: Self.at(3)),
                Transition(service: "b", state: .down, since: Self.at(1), at: Self.at(3)),
            ], 3)
        #expect(world.shown == "I1 b a")
        #expect(world.incidents[0].openedAt == Self.at(1))
    }

    @Test func aServiceThatFailsAgainJoinsItsOpenIncidentHoweverLate() {
        var world = IncidentWorld()
        world.see("d", .down, at: 0)
        world.see("d", .up, at: 10)
        #expect(world.incidents[0].recoveredAt == Self.at(10))
        #expect(world.incidents[0].isOpen)
        world.see("d", .down, at: 600)
        #expect(world.shown == "I1 d")
        #expect(world.incidents[0].recoveredAt == nil)
        #expect(world.incidents[0].events.count == 3)
        world.say(1, .resolved(note: "cable"), at: 700)
        world.see("d", .up, at: 710)
        world.see("d", .down, at: 720)
        #expect(world.shown == "I1 d, I2 d")
        #expect(world.incidents[0].events.count == 4)
    }

    @Test func theRecoveryIsThatOfTheLastService() {
        var world = IncidentWorld()
        world.see("a", .down, at: 0)
        world.see("b", .down, at: 1)
        world.see("a", .up, at: 5)
        #expect(world.incidents[0].recoveredAt == nil)
        world.see("b", .unmeasured, at: 6)
        #expect(world.incidents[0].recoveredAt == nil)
        world.see("b", .up, at: 8)
        world.see("c", .up, at: 9)
        #expect(world.incidents[0].recoveredAt == Self.at(8))
        #expect(world.incidents[0].events.map(\.change).filter { $0 == .recovered }.count == 1)
    }

    /// What a person opened about a service takes its outage in within five minutes; for another matter, days
    /// before, it does not.
    @Test func anIncidentByHandTakesInTheOutageOfItsTime() {
        let opening = IncidentEvent.Change.opened(
            .hand, cause: .text("the customer calls"), services: [AffectedService(service: "d", customer: "d-corp")])
        var world = IncidentWorld()
        world.say(1, opening, at: 0)
        world.see("d", .down, at: 4)
        #expect(world.shown == "I1 d")
        #expect(world.incidents[0].services[0].downSince == Self.at(4))
        world = IncidentWorld()
        world.say(1, opening, at: 0)
        world.see("d", .down, at: 400)
        #expect(world.shown == "I1 d, I2 d")
    }

    /// Paid from minute 100 to 200: an outage counts from the first paid instant, and not outside.
    @Test func timeThatNobodyPaidForOpensNone() {
        var world = IncidentWorld()
        world.see("u", .down, at: 10)
        world.decide([], 99)
        #expect(world.incidents.isEmpty)
        world.decide([], 100)
        #expect(world.incidents.map(\.openedAt) == [Self.at(100)])
        world = IncidentWorld()
        world.see("u", .down, at: 10)
        world.see("u", .up, at: 90)
        world.decide([], 101)
        #expect(world.incidents.isEmpty)
        world.see("u", .down, at: 250)
        world.decide([], 300)
        #expect(world.incidents.isEmpty)
        // Down since before the term, known in it; and the restart that does not forget it.
        world.see("u", .down, at: 99)
        #expect(world.incidents.map(\.openedAt) == [Self.at(100)])
        let down = Transition(service: "u", state: .down, since: Self.at(10), at: Self.at(11))
        world = IncidentWorld()
        world.watch = IncidentWatch(transitions: [down], incidents: [], alerts: [])
        world.decide([], 105)
        #expect(world.incidents.map(\.openedAt) == [Self.at(100)])
        // It is that outage's incident also after the next restart, and after its end.
        world.say(1, .resolved(note: ""), at: 110)
        world.watch = IncidentWatch(transitions: [down], incidents: world.incidents, alerts: [])
        world.decide([], 115)
        #expect(world.shown == "I1 u")
    }

    /// Maintenance from minute 100 to 200, announced two days before or not at all.
    @Test func announcedMaintenanceIsNoFaultAndWhatOverrunsItIs() throws {
        func maintenance(notice: Instant?, revokedAt: Instant? = nil) throws -> Exclusion {
            Exclusion(
                id: "E1", category: .scheduledMaintenance, scope: [.service("d")],
                interval: try #require(Interval(Self.at(100), Self.at(200))), noticeAt: notice,
                revokedAt: revokedAt)
        }
        let announced = try maintenance(notice: Self.at(-2880))
        func world(_ exclusion: Exclusion) -> IncidentWorld {
            var world = IncidentWorld()
            world.exclusions = [exclusion]
            return world
        }
        var inside = world(announced)
        inside.see("d", .down, at: 110)
        inside.see("d", .up, at: 190)
        inside.decide([], 300)
        #expect(inside.incidents.isEmpty)
        var overrun = world(announced)
        overrun.see("d", .down, at: 110)
        overrun.decide([], 199)
        #expect(overrun.incidents.isEmpty)
        overrun.decide([], 200)
        #expect(overrun.incidents.map(\.openedAt) == [Self.at(200)])
        var before = world(announced)
        before.see("d", .down, at: 98)
        #expect(before.incidents.map(\.openedAt) == [Self.at(98)])
        var other = world(announced)
        other.see("e", .down, at: 110)
        #expect(other.shown == "I1 e")
        var unannounced = world(try maintenance(notice: nil))
        unannounced.see("d", .down, at: 110)
        #expect(unannounced.incidents.map(\.openedAt) == [Self.at(110)])
        var revoked = world(try maintenance(notice: Self.at(-2880), revokedAt: Self.at(150)))
        revoked.see("d", .down, at: 110)
        #expect(revoked.incidents.isEmpty)
        revoked.decide([], 151)
        #expect(revoked.incidents.map(\.openedAt) == [Self.at(110)])
    }
}
