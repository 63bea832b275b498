import SLA
import Testing

@testable import SLA

/// Most targets that fall within one interval are one incident and one line, whatever they have in common.
@Suite struct SharedFailureTests {
    private static let start = SightWorld.start

    /// Sixty services in no group, each at an address of its own, a sample every 5 s, spread evenly.
    private struct World {
        var state: MonitorState
        var second: Double = 0
        var alerts: [Alert] = []
        var incidents: [Int64: [IncidentEvent]] = [:]
        let catalog: Catalog

        init(services: Int = 60) {
            catalog = Catalog(
                agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [Customer(id: "acme")],
                services: (0..<services).map { number in
                    Service(
                        id: "s\(100 + number)", customer: "acme",
                        paid: IntervalSet(Interval(.distantPast, .distantFuture)),
                        checks: [
                            Check(
                                interval: 5000, timeout: 4000, retryInterval: 1000,
                                probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
                        ])
                })
            state = MonitorState(catalog.agreement, MonitorHistory())
            var news = MonitorNews()
            news.catalog = catalog
            _ = state.merge(news, now: now)
        }

        var now: Now {
            Now(
                wall: SightWorld.at(second), monotonic: MonotonicInstant(nanoseconds: UInt64((second + 100) * 1e9)))
        }

        /// Runs for `seconds`, in turns of half a second; `isDown` says who fails.
        mutating func run(for seconds: Double, down isDown: (Int) -> Bool) {
            let end = second + seconds
            while second < end {
                second += 0.5
                let due = catalog.services.indices.filter { number in
                    // Twice a second is the retry of those that fail.
                    Int(second * 2) % 10 == number % 10 || isDown(number) && Int(second * 2) % 2 == number % 2
                }
                let observations = due.map { number in
                    Observation(
                        check: CheckID(service: catalog.services[number].id, check: "default"),
                        sample: Sample(at: SightWorld.at(second - 0.1), state: isDown(number) ? .down : .up),
                        address: "192.0.2.\(number)", cause: isDown(number) ? .connection(.refused) : nil)
                }
                let step = state.step(MonitorEvents(observations), now: now)
                state.commit()
                alerts += step.facts.alerts
                for fact in step.facts.incidentEvents { incidents[fact.incident, default: []].append(fact.event) }
            }
        }

        var lines: [Alert] { alerts.filter { $0.sharedFailure == nil } }
        func lines(_ event: AlertEvent) -> [Alert] { lines.filter { $0.event == event } }

        /// What is said of many together.
        func together(_ event: AlertEvent) -> [Alert] {
            var lines = SharedLines()
            for (number, alert) in alerts.enumerated() where alert.event == event {
                lines.add(alert, number: Int64(number), now: now.monotonic)
            }
            return lines.due(at: now.monotonic + 5000).map(\.alert)
        }
    }

    @Test func everybodyAtOnceIsOneIncidentAndAHandfulOfLines() {
        var world = World()
        world.run(for: 10) { _ in false }
        world.run(for: 40) { _ in true }
        world.run(for: 30) { _ in false }
        #expect(world.incidents.count == 1)
        #expect(world.lines(.sharedFailure).count == 1)
        #expect(world.lines.count <= 10, "\(world.lines.map(\.event))")
        #expect(world.alerts.count { $0.event == .serviceDown } == 60)
        #expect(world.lines(.serviceDown).isEmpty)
        #expect(world.together(.serviceUp).map { $0["services"] } == [.number(60)])
        #expect(world.together(.serviceUp).first?["incident"] == .text("I1"))
    }

    @Test func aFewAmongManyAreThemselves() {
        var world = World()
        world.run(for: 10) { _ in false }
        world.run(for: 40) { $0 < 10 }
        #expect(world.lines(.sharedFailure).isEmpty)
        #expect(world.lines(.serviceDown).count == 10)
        #expect(world.incidents.count == 10)
    }

    @Test func whoFallsAloneAfterwardsIsSaid() {
        var world = World()
        world.run(for: 10) { _ in false }
        world.run(for: 20) { _ in true }
        world.run(for: 20) { _ in false }
        let before = world.lines(.serviceDown).count
        world.run(for: 20) { $0 == 7 }
        #expect(world.lines(.serviceDown).count == before + 1)
        #expect(world.incidents.count <= 2)
        world.run(for: 10) { _ in false }
        #expect(world.lines(.serviceUp).last?["service"] == .text("s107"))
        #expect(world.lines(.serviceUp).last?.subject == "s107")
    }

    @Test func aStepThatIsRevertedSaysItAgain() {
        var world = World()
        world.run(for: 10) { _ in false }
        world.run(for: 3) { _ in true }
        world.second += 0.5
        _ = world.state.step(MonitorEvents(), now: world.now)
        world.state.commit()
        let before = world.state
        let failed = world.catalog.services.map { service in
            Observation(
                check: CheckID(service: service.id, check: "default"),
                sample: Sample(at: SightWorld.at(world.second - 0.1), state: .down), address: "192.0.2.1",
                cause: .connection(.refused))
        }
        let first = world.state.step(MonitorEvents(failed), now: world.now).facts
        world.state.revert()
        #expect(world.state == before)
        #expect(world.state.step(MonitorEvents(failed), now: world.now).facts == first)
    }
}
