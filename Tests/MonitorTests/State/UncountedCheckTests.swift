import SLA
import Testing

@testable import Monitor
@testable import SLA

/// A check that is in no figure has lines of its own, and nothing else follows from it.
@Suite struct UncountedCheckTests {
    private let start = Instant(milliseconds: 1_791_158_400_000)
    /// `web` with another way to it that counts in nothing.
    private let both: Catalog = {
        var services = catalog.services
        services[1].checks.append(services[1].checks[0])
        services[1].checks[1].id = "bare"
        services[1].checks[1].counts = false
        return Catalog(agreement: catalog.agreement, customers: catalog.customers, services: services)
    }()

    private func see(
        _ machine: inout Machine, _ counted: SampleState, _ bare: SampleState, cause: Cause? = nil, times: Int = 1
    ) {
        for _ in 0..<times {
            machine.clock.pass(1000)
            machine.see("web", counted)
            let sample = Sample(at: machine.clock.now.wall, state: bare)
            machine.pending.add(
                Observation(check: CheckID(service: "web", check: "bare"), sample: sample, cause: cause))
            machine.turn(after: 0)
        }
    }

    private func lines(_ machine: Machine) -> [Alert] {
        machine.sink.written.filter { $0.event == .checkDown || $0.event == .checkUp }
    }

    @Test func itIsSaidOfTheCheckAndNotOfTheService() throws {
        var machine = try Machine(both, at: start)
        see(&machine, .up, .down, cause: .connection(.refused))
        #expect(lines(machine).isEmpty)
        see(&machine, .up, .down, cause: .connection(.refused), times: 5)
        let alert = try #require(lines(machine).first)
        #expect(alert["service"] == .text("web"))
        #expect(alert["check"] == .text("bare"))
        #expect(alert["since"] == .instant(start + 1000))
        #expect(alert["cause"] == .cause(.connection(.refused)))
        #expect(alert["service_state"] == .text("up"))
        see(&machine, .up, .up, times: 3)
        #expect(lines(machine).map(\.event) == [.checkDown, .checkUp])
        #expect(lines(machine).last?["since"] == .instant(start + 7000))
        #expect(lines(machine).last?["down_since"] == .instant(start + 1000))
        // Nothing else follows from it.
        #expect(machine.said.count == 2)
        #expect(try machine.ledger.ledger.read { try $0.incidents(asOf: .distantFuture) } == [])
    }

    /// What it saw is in the line of an outage.
    @Test func anOutageSaysWhatItSaw() throws {
        var machine = try Machine(both, at: start)
        see(&machine, .down, .up, times: 3)
        let alert = try #require(machine.sink.written.first { $0.event == .serviceDown })
        #expect(alert["check"] == .text("default"))
        #expect(alert["watched_up"] == .text("bare"))
        #expect(alert["watched_down"] == nil)
        #expect(lines(machine).isEmpty)
    }

    @Test func aRestartNeitherRepeatsNorLosesIt() throws {
        var machine = try Machine(both, at: start)
        see(&machine, .up, .down, times: 3)
        try machine.crash()
        see(&machine, .up, .down, times: 3)
        #expect(lines(machine).map(\.event) == [.checkDown])
        try machine.crash()
        see(&machine, .up, .up)
        #expect(lines(machine).map(\.event) == [.checkDown, .checkUp])
    }

    @Test func nothingIsSaidThatIsNotKept() throws {
        var machine = try Machine(both, at: start)
        machine.ledger.fail(.commit, .full(path: "ledger"))
        see(&machine, .up, .down, times: 3)
        #expect(lines(machine).isEmpty)
        machine.ledger.heal()
        machine.turn()
        machine.turn()
        #expect(lines(machine).map(\.event) == [.checkDown])
    }

    /// What flaps, or cannot be told, is not confirmed.
    @Test func whatIsNotConfirmedIsNotSaid() throws {
        var machine = try Machine(both, at: start)
        for state in [SampleState.down, .up, .down, .unknown, .down, .up] { see(&machine, .up, state) }
        machine.clock.pass(60_000)
        see(&machine, .up, .down)
        machine.clock.pass(60_000)
        see(&machine, .up, .down)
        #expect(lines(machine).isEmpty)
    }

    /// Of what it was found with in time in which the monitor measured wrongly, nothing is said.
    @Test func whatAVoidTakesIsNotConfirmed() {
        let check = both.services[1].checks[1]
        var watched = UncountedCheck()
        for second in 1...3 {
            watched.append(Sample(at: start + Int64(second) * 1000, state: .down), of: check, cause: nil)
        }
        let time = Interval(unchecked: start, start + 2500)
        let voids = SampleVoids([(interval: time, part: .all)])
        #expect(watched.decide(check, voids) == nil)
        watched.append(Sample(at: start + 4000, state: .down), of: check, cause: nil)
        #expect(watched.decide(check, voids)?.event == .checkDown)
    }

    /// Two ways that count in nothing are no most of anything.
    @Test func manyOfThemAreNoSharedFailure() throws {
        var services = catalog.services
        for index in 1...6 {
            var check = services[1].checks[0]
            (check.id, check.counts) = ("way\(index)", false)
            services[1].checks.append(check)
        }
        let many = Catalog(agreement: catalog.agreement, customers: catalog.customers, services: services)
        var machine = try Machine(many, at: start)
        for _ in 0..<4 {
            machine.clock.pass(1000)
            machine.see("web", .down)
            machine.see("api", .up)
            for index in 1...6 {
                machine.pending.add(
                    Observation(
                        check: CheckID(service: "web", check: "way\(index)"),
                        sample: Sample(at: machine.clock.now.wall, state: .down)))
            }
            machine.turn(after: 0)
        }
        #expect(!machine.said.contains { $0.hasPrefix("shared_failure") })
        #expect(lines(machine).count == 6)
    }
}
