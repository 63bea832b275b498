import SLA
import Testing

@testable import SLA

/// Nobody is said to be down before the references have said whether the monitor sees, and nobody waits for ever.
@Suite struct HeldFallsTests {
    private typealias World = SightWorld

    private func clock(_ second: Double) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: UInt64(second * 1_000_000_000))
    }

    private func world(_ references: [String] = ["4a", "4b"]) -> World {
        var world = World(references)
        for name in references { _ = world.step(World.found(name, 0, .up)) }
        return world
    }

    @Test func aFallWaitsForAnAnswerToAQuestionThatWasAskedAfterIt() {
        var world = world()
        world.watch.hold("web", World.found("4web", 5, .down, took: 2), now: clock(7))
        #expect(world.watch.holds("web"))
        _ = world.step(World.found("4a", 6, .up))
        #expect(world.watch.release(now: clock(7)).isEmpty)
        _ = world.step(World.found("4b", 7, .up))
        #expect(world.watch.release(now: clock(8)) == ["web": World.at(5)])
        #expect(!world.watch.holds("web"))
    }

    /// In the step that finds the blindness the void is not yet known to those who count.
    @Test func whoFellInBlindnessIsLookedAtOnceTheVoidIsKnown() {
        var world = world()
        world.watch.hold("web", World.found("4web", 5, .down), now: clock(6))
        _ = world.step(World.found("4a", 6, .down), World.found("4b", 6, .down))
        #expect(world.watch.release(now: clock(7)).isEmpty)
        _ = world.step()
        #expect(world.watch.release(now: clock(7.5)) == ["web": World.at(5)])
    }

    @Test func nobodyWaitsLongerThanTheReferencesTimeout() {
        var world = world()
        world.watch.hold("web", World.found("4web", 5, .down), now: clock(6))
        world.watch.hold("web", World.found("4web", 8, .down), now: clock(9))
        #expect(world.watch.release(now: clock(10.9)).isEmpty)
        #expect(world.watch.release(now: clock(11)) == ["web": World.at(5)])
    }

    @Test func nobodyWaitsForWhoCannotTell() {
        var world = world(["4a"])
        world.watch.hold("six", World.found("6web", 5, .down), now: clock(6))
        world.watch.hold("name", World.found("xweb", 5, .down), now: clock(6))
        #expect(world.watch.release(now: clock(6)) == ["six": World.at(5), "name": World.at(5)])
        var none = World([])
        none.watch.hold("web", World.found("4web", 5, .down), now: clock(6))
        #expect(none.watch.release(now: clock(6)) == ["web": World.at(5)])
    }

    @Test func aCommitThatFailsLetsNobodyGo() {
        var world = world()
        world.watch.hold("web", World.found("4web", 5, .down), now: clock(6))
        world.watch.commit()
        let before = world.watch
        #expect(world.watch.release(now: clock(20)) == ["web": World.at(5)])
        world.watch.revert()
        #expect(world.watch == before)
        #expect(world.watch.holds("web"))
    }

    /// An answer of before the clock was set back looks as if it were one to come. A turn that is not kept has seen the
    /// step all the same: the next one sees none.
    @Test func aStepOfTheClockIsKnownThoughItsTurnWasNotKept() {
        var state = Self.stateOfWeb()
        func step(_ second: Double, after passed: Double, _ found: Observation...) -> MonitorStep {
            let now = Now(wall: World.at(second), monotonic: clock(passed), pass: second < 100 ? 1 : 0)
            return state.step(MonitorEvents(found), now: now)
        }
        func down(_ second: Double) -> Observation {
            var found = World.found("4web", second, .down)
            found.check = CheckID(service: "web", check: "default")
            found.sample = Sample(at: found.sample.at, state: .down, pass: 1)
            return found
        }
        _ = step(100, after: 100, World.found("4a", 99, .up))
        state.commit()
        _ = step(50, after: 101)
        state.revert()
        #expect(step(51, after: 102, down(50.5)).facts.transitions.isEmpty)
        state.commit()
        // The reference's timeout is over.
        #expect(step(56, after: 107).facts.transitions.map(\.state) == [.down])
    }

    /// A monitor of one service, `web`, whose first failure makes an outage, and of the reference `4a`.
    private static func stateOfWeb() -> MonitorState {
        let catalog = Catalog(
            agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [Customer(id: "acme")],
            services: [
                Service(
                    id: "web", customer: "acme", paid: IntervalSet(Interval(.distantPast, .distantFuture)),
                    checks: [
                        Check(
                            interval: World.interval, timeout: World.timeout, retryInterval: 2000, confirm: 1,
                            probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
                    ])
            ])
        var state = MonitorState(catalog.agreement, MonitorHistory())
        var news = MonitorNews()
        news.catalog = catalog
        news.references = [World.reference("4a")]
        _ = state.merge(news, now: Now(wall: World.at(0), monotonic: MonotonicInstant(nanoseconds: 0)))
        return state
    }
}
