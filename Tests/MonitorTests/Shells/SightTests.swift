import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor
@testable import SLA

/// The monitor's own blindness, from the probe to the ledger and to syslog.
@Suite struct SightTests {
    private let start = Instant(milliseconds: 1_790_812_800_000)

    private static let references: [Reference] = ["192.0.2.0", "192.0.2.1"].map { host in
        Reference(
            Check(
                interval: 1000, timeout: 1000, retryInterval: 1000,
                probe: ProbeSpecification(url: "tcp://\(host):1", scheme: .tcp, host: host, port: 1)),
            family: .ipv4, isNamed: false)
    }

    private func machine() throws -> Machine {
        var machine = try Machine(catalog, seeingBy: Self.references, at: start)
        for _ in 0..<3 { look(&machine, .up, references: .up) }
        return machine
    }

    /// A second passes, in which the service and the references are probed.
    private func look(_ machine: inout Machine, _ state: SampleState, references: SampleState) {
        machine.clock.pass(500)
        machine.see("web", state, address: "203.0.113.7", cause: state == .up ? nil : .connection(.timedOut))
        machine.clock.pass(1)
        for place in 0..<2 { machine.seeReference(place, references) }
        machine.turn(after: 499)
    }

    private func corrections(_ machine: Machine) throws -> [Correction] {
        try machine.ledger.ledger.read { try $0.corrections() }
    }

    @Test func inBlindnessNobodyIsDown() throws {
        var machine = try machine()
        for _ in 0..<10 { look(&machine, .down, references: .down) }
        #expect(machine.said == ["measurement_lost "])
        let open = try #require(try corrections(machine).first)
        #expect(open.interval == Interval(start + 3500, Correction.openEnd))
        #expect(open.scope == [.family(.ipv4)] && open.recordedBy == "availd" && open.revocation == nil)
        #expect(open.reason == "the monitor could not see: no reference answered over IPv4")
        #expect(open.evidence.contains("tcp://192.0.2.0:1 since 2026-10-01T00:00:03.501Z: "))
        for _ in 0..<9 { look(&machine, .up, references: .up) }
        #expect(machine.said == ["measurement_lost "])
        for _ in 0..<3 { look(&machine, .up, references: .up) }
        #expect(machine.said == ["measurement_lost ", "measurement_restored "])
        let all = try corrections(machine)
        try #require(all.count == 2, "\(all)")
        #expect(all[0].revocation?.by == "availd")
        #expect(all[1].interval == Interval(start + 3500, start + 13_501) && all[1].revocation == nil)
        #expect(try machine.ledger.ledger.read { try $0.incidents(asOf: .distantFuture) }.isEmpty)
    }

    @Test func aKillInBlindnessForgetsNothing() throws {
        var machine = try machine()
        for _ in 0..<4 { look(&machine, .down, references: .down) }
        for _ in 0..<3 {
            try machine.crash()
            for _ in 0..<3 { look(&machine, .down, references: .down) }
        }
        #expect(machine.said == ["measurement_lost "])
        #expect(try corrections(machine).count == 1)
        look(&machine, .up, references: .up)
        let all = try corrections(machine)
        try #require(all.count == 2, "\(all)")
        #expect(all[1].interval.start == start + 3500 && all[1].evidence == all[0].evidence)
        #expect(!machine.said.contains("service_down web"))
    }

    /// Killed before the set of failures was complete: nothing of the blindness was recorded.
    @Test func aKillAtTheBeginningOfABlindnessForgetsNothing() throws {
        var machine = try machine()
        machine.clock.pass(500)
        machine.see("web", .down, address: "203.0.113.7", cause: .connection(.timedOut))
        machine.seeReference(0, .down)
        machine.turn(after: 500)
        #expect(try corrections(machine).isEmpty)
        try machine.crash()
        for _ in 0..<5 { look(&machine, .down, references: .down) }
        #expect(machine.said == ["measurement_lost "])
        #expect(try corrections(machine).map(\.interval.start) == [start + 3500])
        for _ in 0..<13 { look(&machine, .up, references: .up) }
        #expect(machine.said == ["measurement_lost ", "measurement_restored "])
        #expect(try machine.ledger.ledger.read { try $0.incidents(asOf: .distantFuture) }.isEmpty)
    }

    @Test func whoStartsInADeadNetworkIsBlind() throws {
        var machine = try Machine(catalog, seeingBy: Self.references, at: start)
        for _ in 0..<5 { look(&machine, .down, references: .down) }
        #expect(machine.said == ["measurement_lost "])
        #expect(try corrections(machine).map(\.interval) == [Interval(start + 500, Correction.openEnd)])
        for _ in 0..<13 { look(&machine, .up, references: .up) }
        #expect(machine.said == ["measurement_lost ", "measurement_restored "])
        #expect(try corrections(machine).last?.interval == Interval(start + 500, start + 5501))
        #expect(try machine.ledger.ledger.read { try $0.incidents(asOf: .distantFuture) }.isEmpty)
    }

    /// They have judged it, and know better than a reference.
    @Test func whoRevokesTheOpenVoidIsRight() throws {
        var machine = try machine()
        for _ in 0..<4 { look(&machine, .down, references: .down) }
        let open = try #require(try corrections(machine).first)
        let revocation = Correction.Revocation(at: machine.clock.now.wall, by: "lan", reason: "it was the rack")
        _ = try machine.ledger.ledger.record { _ in [.correctionRevocation(id: open.id, revocation)] }
        for _ in 0..<3 { look(&machine, .up, references: .up) }
        #expect(try corrections(machine).count == 1)
    }

    /// References that answer make it count; before they have, nothing is said.
    @Test func aFallWaitsForTheReferences() throws {
        var machine = try machine()
        for _ in 0..<2 {
            machine.clock.pass(500)
            machine.see("web", .down, address: "203.0.113.7", cause: .connection(.refused))
            machine.turn()
        }
        #expect(machine.said.isEmpty)
        machine.seeReference(0, .up)
        machine.turn()
        #expect(machine.said == ["service_down web", "availability_below web"])
    }

    @Test func aFallWaitsNoLongerThanTheReferencesTimeout() throws {
        var machine = try machine()
        for _ in 0..<2 {
            machine.clock.pass(500)
            machine.see("web", .down, address: "203.0.113.7", cause: .connection(.refused))
            machine.turn()
        }
        machine.turn()
        #expect(machine.said.isEmpty)
        machine.turn(after: 1000)
        #expect(machine.said == ["service_down web", "availability_below web"])
    }
}
