import SLA
import Testing

@testable import Monitor
@testable import SLA

/// A service that fails again and again, each time too shortly for an outage: said once a day.
@Suite struct FlappingTests {
    /// 2026-10-05T00:00:00Z.
    private let start = Instant(milliseconds: 1_791_158_400_000)
    private let day: Milliseconds = 86_400_000

    /// It fails once and stands again, so many times.
    private func flap(_ machine: inout Machine, _ times: Int) {
        for _ in 0..<times {
            for state in [SampleState.up, .down, .up] {
                machine.clock.pass(1000)
                machine.see("web", state)
            }
            machine.turn()
        }
    }

    private func flapping(_ machine: Machine) -> [Alert] { machine.sink.written.filter { $0.event == .flapping } }

    @Test func itIsSaidOnceADay() throws {
        var machine = try Machine(catalog, at: start)
        flap(&machine, 9)
        #expect(flapping(machine).isEmpty)
        flap(&machine, 1)
        let alert = try #require(flapping(machine).first)
        #expect(alert.subject == "web")
        #expect(alert["customer"] == .text("acme"))
        #expect(alert["day"] == .text("2026-10-05"))
        #expect(alert["transients"] == .number(10))
        #expect(alert["since"] == .instant(start + 2000))
        #expect(alert["availability_percent"] == .text("100.0000"))
        guard case .text(let least)? = alert["availability_min_percent"] else {
            Issue.record("no bound")
            return
        }
        #expect(least < "99")
        // Nor again after a restart, which counts those of before.
        flap(&machine, 3)
        try machine.crash()
        flap(&machine, 12)
        #expect(flapping(machine).count == 1)
    }

    @Test func theNextDayBeginsAnew() throws {
        var machine = try Machine(catalog, at: start)
        flap(&machine, 12)
        machine.clock.pass(day)
        flap(&machine, 9)
        #expect(flapping(machine).count == 1)
        flap(&machine, 1)
        #expect(flapping(machine).map { $0["day"] } == [.text("2026-10-05"), .text("2026-10-06")])
        #expect(flapping(machine).last?["transients"] == .number(10))
    }

    /// Nine before a restart and one after it are ten.
    @Test func aRestartForgetsNone() throws {
        var machine = try Machine(catalog, at: start)
        flap(&machine, 9)
        try machine.crash()
        flap(&machine, 1)
        #expect(flapping(machine).count == 1)
    }

    @Test func aCommitThatFailsSaysItLater() throws {
        var machine = try Machine(catalog, at: start)
        flap(&machine, 9)
        machine.ledger.fail(.commit, .full(path: "ledger"))
        flap(&machine, 1)
        #expect(flapping(machine).isEmpty)
        machine.ledger.heal()
        machine.turn()
        machine.turn()
        #expect(flapping(machine).count == 1)
    }

    @Test func theLimitIsASetting() throws {
        var machine = try Machine(catalog, at: start)
        try machine.reload(catalog, saying: AnnouncingRules(flapping: nil))
        flap(&machine, 20)
        #expect(flapping(machine).isEmpty)
        try machine.reload(catalog, saying: AnnouncingRules(flapping: FlappingLimit(transients: 25)))
        flap(&machine, 4)
        #expect(flapping(machine).isEmpty)
        flap(&machine, 1)
        #expect(flapping(machine).first?["transients"] == .number(25))
    }
}
