import SLAOracle
import Testing

@testable import SLA

/// Which outages are which incidents, and what is said of deadlines. 2026-10-05 is a Monday; times are in minutes
/// of it, UTC.
@Suite struct IncidentWatchTests {
    private static let monday: Int64 = 1_791_158_400_000

    private static func at(_ minute: Int64) -> Instant { t(monday + minute * 60_000) }

    private static func service(
        _ id: String, groups: Set<String> = [], paid: IntervalSet = IntervalSet(Interval(.distantPast, .distantFuture)),
        interval: Milliseconds = 60_000
    ) -> Service {
        Service(
            id: id, customer: "\(id.prefix(1))-corp", groups: groups, paid: paid,
            checks: [
                Check(
                    interval: interval, probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
            ])
    }

    private static let catalog = Catalog(
        agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [],
        services: [
            service("a", groups: ["rack"]), service("b", groups: ["rack", "hall"]), service("c", groups: ["hall"]),
            service("d"), service("e"), service("s", groups: ["rack"], interval: 1_200_000),
            service("u", paid: IntervalSet(Interval(at(100), at(200)))),
        ])

    /// A daemon in the small: what it decides is recorded and read back, as after each turn.
    private struct World {
        var watch = IncidentWatch(transitions: [], incidents: [], told: [])
        var exclusions: [Exclusion] = []
        var histories: [Int64: [IncidentEvent]] = [:]
        var alerts: [Alert] = []

        mutating func see(_ service: String, _ state: ServiceState, at minute: Int64, address: String? = nil) {
            let sample = Sample(at: at(minute), state: state == .up ? .up : .down)
            watch.observe([
                Observation(
                    check: CheckID(service: service, check: "default"), sample: sample, address: address,
                    cause: state == .up ? nil : "refused")
            ])
            decide([Transition(service: service, state: state, since: at(minute), at: at(minute + 1))], minute + 1)
        }

        mutating func decide(_ transitions: [Transition], _ minute: Int64) {
            for action in watch.decide(transitions, catalog: catalog, exclusions: exclusions, now: at(minute)) {
                switch action {
                case .alert(let alert): alerts.append(alert)
                case .record(let number, let event): histories[number, default: []].append(event)
                }
            }
            refresh()
        }

        mutating func say(_ number: Int64, _ change: IncidentEvent.Change, at minute: Int64) {
            histories[number, default: []].append(
                IncidentEvent(at: at(minute), recordedAt: at(minute), by: "lan", change))
            refresh()
        }

        mutating func refresh() {
            watch.replace(open: incidents.filter(\.isOpen), lastNumber: histories.keys.max() ?? 0)
        }

        /// What the ledger would read back; an impossible history would leave one out.
        var incidents: [Incident] {
            histories.sorted { $0.key < $1.key }.compactMap { try? Incident(number: $0.key, history: $0.value) }
        }

        /// `I1 a b, I2 c`.
        var shown: String {
            incidents.map { ([$0.id] + $0.services.map(\.service)).joined(separator: " ") }.joined(separator: ", ")
        }

        var said: [String] { alerts.map { "\($0.event.rawValue) \($0.subject)" } }
    }

    @Test func outagesOfOneGroupAreOneIncident() {
        var world = World()
        world.see("a", .down, at: 0)
        world.see("b", .down, at: 2)
        world.see("d", .down, at: 2)
        #expect(world.shown == "I1 a b, I2 d")
        #expect(world.incidents.map(\.openedAt) == [Self.at(0), Self.at(2)])
        #expect(world.incidents[0].origin == .outage)
        #expect(world.incidents[0].cause == "refused")
        #expect(world.incidents[0].customers == ["a-corp", "b-corp"])
    }

    @Test func outagesAtOneAddressAreOneIncident() {
        var world = World()
        world.see("d", .down, at: 0, address: "192.0.2.1")
        world.see("e", .down, at: 1, address: "192.0.2.1")
        #expect(world.shown == "I1 d e")
        world = World()
        world.see("d", .down, at: 0, address: "192.0.2.1")
        world.see("e", .down, at: 1, address: "192.0.2.2")
        world.see("a", .down, at: 1)
        #expect(world.shown == "I1 d, I2 e, I3 a")
    }

    /// Five minutes from the opening, exactly that included; a group's chain does not make it longer.
    @Test func whatFailsLaterIsAnotherIncident() {
        var world = World()
        world.see("a", .down, at: 0)
        world.see("b", .down, at: 5)
        world.see("c", .down, at: 6)
        #expect(world.shown == "I1 a b, I2 c")
        world = World()
        world.see("a", .down, at: 0)
        world.see("b", .down, at: 6)
        #expect(world.shown == "I1 a, I2 b")
    }

    /// One that is looked at every 20 min may notice the same fault that much later.
    @Test func aSlowCheckHasLonger() {
        var world = World()
        world.see("a", .down, at: 0)
        world.see("s", .down, at: 20)
        #expect(world.shown == "I1 a s")
    }

    @Test func theOutageThatBeganFirstOpens() {
        var world = World()
        world.decide(
            [
                Transition(service: "a", state: .down, since: Self.at(2), at: Self.at(3)),
                Transition(service: "b", state: .down, since: Self.at(1), at: Self.at(3)),
            ], 3)
        #expect(world.shown == "I1 b a")
        #expect(world.incidents[0].openedAt == Self.at(1))
    }

    @Test func aServiceThatFailsAgainJoinsItsOpenIncidentHoweverLate() {
        var world = World()
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
        var world = World()
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
            .hand, cause: "the customer calls", services: [AffectedService(service: "d", customer: "d-corp")])
        var world = World()
        world.say(1, opening, at: 0)
        world.see("d", .down, at: 4)
        #expect(world.shown == "I1 d")
        #expect(world.incidents[0].services[0].downSince == Self.at(4))
        world = World()
        world.say(1, opening, at: 0)
        world.see("d", .down, at: 400)
        #expect(world.shown == "I1 d, I2 d")
    }

    /// Paid from minute 100 to 200: an outage counts from the first paid instant, and not outside.
    @Test func timeThatNobodyPaidForOpensNone() {
        var world = World()
        world.see("u", .down, at: 10)
        world.decide([], 99)
        #expect(world.incidents.isEmpty)
        world.decide([], 100)
        #expect(world.incidents.map(\.openedAt) == [Self.at(100)])
        world = World()
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
        world = World()
        world.watch = IncidentWatch(transitions: [down], incidents: [], told: [])
        world.decide([], 105)
        #expect(world.incidents.map(\.openedAt) == [Self.at(100)])
        // It is that outage's incident also after the next restart, and after its end.
        world.say(1, .resolved(note: ""), at: 110)
        world.watch = IncidentWatch(transitions: [down], incidents: world.incidents, told: [])
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
        func world(_ exclusion: Exclusion) -> World {
            var world = World()
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

    // MARK: - Deadlines

    /// 24 h: due after 18 h, over after 24 h; each is said once, and a restart in between says nothing again.
    @Test(arguments: [false, true])
    func aDeadlineIsSaidToBeNearAndOverOnce(restarts: Bool) throws {
        var world = World()
        world.see("d", .down, at: 0)
        var said: [String] = []
        for minute in stride(from: Int64(2), through: 1500, by: 2) {
            if restarts {
                world.watch = IncidentWatch(
                    transitions: [Transition(service: "d", state: .down, since: Self.at(0), at: Self.at(1))],
                    incidents: world.incidents, told: world.alerts)
            }
            let before = world.alerts.count
            world.decide([], minute)
            said += world.said.dropFirst(before).map { "\(minute) \($0)" }
        }
        #expect(said == ["1080 handling_due I1", "1442 handling_overdue I1"])
        let overdue = try #require(world.alerts.last)
        #expect(overdue["deadline"] == "2026-10-06T00:00:00Z")
        #expect(overdue["over_s"] == "120.000")
        #expect(overdue["services"] == "d")
        #expect(world.alerts.first?["remaining_s"] == "21600.000")
    }

    @Test func aDeadlineThatMovedIsSaidAgain() {
        var world = World()
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
        #expect(world.alerts.last?["deadline"] == "2026-10-07T06:00:00Z")
        world.decide([], 3240)
        #expect(world.alerts.count == 2)
        world.decide([], 3241)
        #expect(world.said.last == "handling_overdue I1")
    }

    @Test func whatWasOverBeforeAnybodyLookedIsSaidToBeOverAlone() {
        var world = World()
        world.see("d", .down, at: 0)
        world.decide([], 2000)
        #expect(world.said == ["handling_overdue I1"])
        world.say(1, .resolved(note: ""), at: 2001)
        world.decide([], 9000)
        #expect(world.alerts.count == 1)
    }
}
