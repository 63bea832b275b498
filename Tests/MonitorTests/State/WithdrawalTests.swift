import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor
@testable import SLA

/// A service that leaves the configuration while it is down: what was opened is closed, once, and nothing says that it is
/// up.
@Suite struct WithdrawalTests {
    private let start = Instant(milliseconds: 1_791_158_400_000)
    /// Without `web`.
    private let less = Catalog(
        agreement: catalog.agreement, customers: catalog.customers,
        services: catalog.services.filter { $0.id == "api" })

    private func fail(_ machine: inout Machine, _ service: String = "web") {
        for _ in 0..<2 {
            machine.clock.pass(1000)
            machine.see(service, .down)
        }
        machine.turn()
    }

    private func state(_ machine: Machine, _ service: String = "web") throws -> ServiceState? {
        try machine.ledger.ledger.read { try $0.latestTransitions().first { $0.service == service }?.state }
    }

    private func saidOfWeb(_ machine: Machine) -> [String] {
        machine.said.filter { $0.hasPrefix("service_") && $0.hasSuffix(" web") }
    }

    @Test func itIsSaidOnceAtAReload() throws {
        var machine = try Machine(catalog, at: start)
        fail(&machine)
        try machine.reload(less)
        machine.turn()
        let alert = try #require(machine.sink.written.first { $0.event == .serviceWithdrawn })
        #expect(alert["service"] == .text("web"))
        #expect(alert["customer"] == .text("acme"))
        #expect(alert["down_since"] == .instant(start + 1000))
        #expect(alert["since"]?.instant == alert.at)
        #expect(alert["incident"] == .text("I1"))
        #expect(try state(machine) == .unmeasured)
        // Neither a restart nor another reload says it again.
        try machine.crash(following: less)
        machine.turn()
        try machine.reload(less)
        machine.turn()
        #expect(saidOfWeb(machine) == ["service_down web", "service_withdrawn web"])
        // Nobody has seen it up: the incident is as it was.
        let incidents = try machine.ledger.ledger.read { try $0.incidents(asOf: .distantFuture) }
        #expect(incidents.map(\.isOpen) == [true])
        #expect(incidents.first?.recoveredAt == nil)
    }

    @Test func itIsSaidAtTheNextStartWhereItLeftWhileNobodyWatched() throws {
        var machine = try Machine(catalog, at: start)
        fail(&machine)
        machine.clock.pass(3_600_000)
        try machine.crash(following: less)
        machine.turn()
        try machine.crash()
        machine.turn()
        #expect(saidOfWeb(machine) == ["service_down web", "service_withdrawn web"])
    }

    /// The commit fails: it is said with the next one that does not.
    @Test func nothingIsSaidThatIsNotKept() throws {
        var machine = try Machine(catalog, at: start)
        fail(&machine)
        try machine.reload(less)
        machine.ledger.fail(.commit, .full(path: "ledger"))
        machine.turn()
        #expect(saidOfWeb(machine) == ["service_down web"])
        machine.ledger.heal()
        machine.turn()
        #expect(saidOfWeb(machine) == ["service_down web", "service_withdrawn web"])
    }

    /// It is none of a service that is up, and of one whose outage is over.
    @Test func whoIsUpLeavesWithoutAWord() throws {
        var machine = try Machine(catalog, at: start)
        fail(&machine)
        machine.clock.pass(1000)
        machine.see("web", .up)
        machine.turn()
        try machine.reload(less)
        machine.turn()
        #expect(saidOfWeb(machine) == ["service_down web", "service_up web"])
    }

    /// Who comes back and still fails is down again, in the incident that was never over.
    @Test func whoComesBackIsDownAgain() throws {
        var machine = try Machine(catalog, at: start)
        fail(&machine)
        try machine.reload(less)
        machine.turn()
        machine.clock.pass(60_000)
        try machine.reload(catalog)
        fail(&machine)
        #expect(saidOfWeb(machine) == ["service_down web", "service_withdrawn web", "service_down web"])
        let last = machine.sink.written.last { $0.event == .serviceDown }
        #expect(last?["incident"] == .text("I1"))
        #expect(try state(machine) == .down)
        machine.clock.pass(1000)
        machine.see("web", .up)
        machine.turn()
        #expect(saidOfWeb(machine).last == "service_up web")
        #expect(try machine.brokenPromises() == [])
    }

    /// A check that leaves while its service is down through it leaves a hole: nothing says that the service is up.
    @Test func aCheckThatLeavesWhileItIsDownMakesNobodyUp() throws {
        var two = catalog.services
        two[1].checks.append(two[1].checks[0])
        two[1].checks[1].id = "second"
        let both = Catalog(agreement: catalog.agreement, customers: catalog.customers, services: two)
        var machine = try Machine(both, at: start)
        func see(_ first: SampleState, _ second: SampleState?) {
            machine.clock.pass(1000)
            machine.see("web", first)
            if let second {
                machine.pending.add(
                    Observation(
                        check: CheckID(service: "web", check: "second"),
                        sample: Sample(at: machine.clock.now.wall, state: second)))
            }
            machine.turn()
        }
        for _ in 0..<3 { see(.up, .down) }
        #expect(saidOfWeb(machine) == ["service_down web"])
        try machine.reload(catalog)
        for _ in 0..<5 { see(.up, nil) }
        #expect(saidOfWeb(machine) == ["service_down web"])
        #expect(try state(machine) == .unmeasured)
        try machine.crash(following: catalog)
        for _ in 0..<3 { see(.up, nil) }
        #expect(saidOfWeb(machine) == ["service_down web"])
    }
}
