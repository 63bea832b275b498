import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor
@testable import SLA
@testable import UseCases

@Suite struct IncidentRestartTests {
    /// Monday, 2026-10-05T00:00:00Z.
    private let start = Instant(milliseconds: 1_791_158_400_000)
    private let hour: Milliseconds = 3_600_000

    private func outage(_ machine: inout Machine, _ service: String) {
        for _ in 0..<2 {
            machine.clock.pass(1000)
            machine.see(service, .down)
        }
        machine.turn()
    }

    private func open(_ machine: Machine) throws -> [Incident] {
        try machine.ledger.ledger.read { try $0.incidents(asOf: .distantFuture).filter(\.isOpen) }
    }

    @Test func anOutageIsKeptWithItsIncidentAndGoesOnAfterARestart() throws {
        var machine = try Machine(catalog, at: start)
        outage(&machine, "web")
        let alert = try #require(machine.sink.written.first { $0.event == .serviceDown })
        #expect(alert["incident"] == .text("I1"))
        let recorded = try #require(try open(machine).first)
        #expect(recorded.openedAt == start + 1000)
        #expect(recorded.services.map(\.service) == ["web"])

        // A restart after 19 h finds it near its deadline, and the next one says nothing again.
        machine.clock.pass(19 * hour)
        for _ in 0..<3 {
            try machine.crash()
            machine.turn()
            #expect(machine.said.filter { $0.hasPrefix("handling") } == ["handling_due I1"])
        }
    }

    /// What the command line records is known at the next turn, and a decision made without it is not kept.
    @Test func whatPeopleRecordIsNoticed() throws {
        var machine = try Machine(catalog, at: start)
        outage(&machine, "web")
        let person = try Ledger(directory: machine.path, access: .recorder)
        machine.clock.pass(hour)
        _ = try person.record(
            IncidentEvent(
                at: machine.clock.now.wall, recordedAt: machine.clock.now.wall, by: "lan", .resolved(note: "cable")),
            ofIncident: "I1")
        machine.see("web", .up)
        machine.turn()
        outage(&machine, "web")
        #expect(
            try machine.ledger.ledger.read { try $0.incidents(asOf: .distantFuture) }.map(\.isOpen) == [false, true])
        #expect(try open(machine).map(\.id) == ["I2"])
        #expect(machine.sink.written.last { $0.event == .serviceDown }?["incident"] == .text("I2"))
    }

    /// Between the turn's reading and its commit somebody is quicker: the turn is taken again, on what they recorded.
    @Test func whoIsQuickerIsHeard() throws {
        var machine = try Machine(catalog, at: start)
        outage(&machine, "web")
        let person = try Ledger(directory: machine.path, access: .recorder)
        let at = machine.clock.now.wall
        machine.ledger.beforeCommit {
            _ = try person.record(
                IncidentEvent(at: at, recordedAt: at, by: "lan", .resolved(note: "cable")), ofIncident: "I1")
        }
        outage(&machine, "api")
        #expect(
            try machine.ledger.ledger.read { try $0.incidents(asOf: .distantFuture) }.map(\.isOpen) == [false, true])
        #expect(machine.said.filter { $0.hasPrefix("service_down") } == ["service_down web", "service_down api"])
    }
}
