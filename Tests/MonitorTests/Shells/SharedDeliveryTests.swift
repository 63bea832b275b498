import Ledger
import SLA
import Testing

@testable import Monitor
@testable import SLA

/// What is said of many together is marked with its line: no restart and no syslog that is away loses it.
@Suite struct SharedDeliveryTests {
    private let start = Instant(milliseconds: 1_790_812_800_000)
    private static let count = 12

    private static let services: Catalog = {
        Catalog(
            agreement: catalog.agreement, customers: catalog.customers,
            services: (0..<count).map { number in
                var service = catalog.services[0]
                service.id = "s\(100 + number)"
                return service
            })
    }()

    /// All are dark, and up again; nothing of that is said yet but the beginning.
    private func dark() throws -> Machine {
        var machine = try Machine(Self.services, at: start)
        look(&machine, 4, .up)
        look(&machine, 6, .down)
        return machine
    }

    /// `halves` turns of half a second; each service is probed in every second one.
    private func look(_ machine: inout Machine, _ halves: Int, _ state: SampleState) {
        for half in 0..<halves {
            for number in 0..<Self.count where number % 2 == half % 2 {
                machine.see("s\(100 + number)", state, cause: state == .up ? nil : .connection(.refused))
            }
            machine.turn()
        }
    }

    private func lines(_ machine: Machine, _ event: AlertEvent) -> [AlertValue?] {
        machine.sink.written.filter { $0.event == event }.map { $0["services"] }
    }

    private func expectEach(_ machine: Machine, sourceLocation: SourceLocation = #_sourceLocation) {
        let all = [AlertValue?.some(.number(Int64(Self.count)))]
        #expect(lines(machine, .sharedFailure).count == 1, sourceLocation: sourceLocation)
        #expect(lines(machine, .serviceDown).isEmpty, sourceLocation: sourceLocation)
        for event in [AlertEvent.serviceUp, .availabilityBelow] {
            #expect(lines(machine, event) == all, "\(event)", sourceLocation: sourceLocation)
        }
        #expect(Set(machine.sink.numbers).count == machine.sink.numbers.count, sourceLocation: sourceLocation)
    }

    @Test(arguments: 0...14) func aRestartLosesNothing(halves: Int) throws {
        for isStopped in [false, true] {
            var machine = try dark()
            look(&machine, halves, .up)
            if isStopped { _ = machine.stop() }
            try machine.crash()
            look(&machine, 24, .up)
            expectEach(machine)
        }
    }

    @Test func aSyslogThatIsAwayLosesNothing() throws {
        var machine = try Machine(Self.services, at: start)
        look(&machine, 4, .up)
        machine.sink.refuse("no such file")
        look(&machine, 6, .down)
        try machine.crash()
        look(&machine, 20, .up)
        try machine.crash()
        look(&machine, 4, .up)
        #expect(machine.said.isEmpty)
        machine.sink.refuse(nil)
        // When the sweep tries again.
        look(&machine, 40, .up)
        expectEach(machine)
        #expect(machine.sink.written.first?.event == .sharedFailure)
    }

    /// A line that is written, and whose mark fails, is not written again.
    @Test func aMarkThatFailsIsMadeUpFor() throws {
        var machine = try dark()
        look(&machine, 4, .up)
        machine.ledger.fail(.markDelivered, .busy(path: "ledger"))
        look(&machine, 20, .up)
        machine.ledger.heal()
        look(&machine, 30, .up)
        expectEach(machine)
        #expect(try machine.ledger.ledger.undelivered(limit: 1).isEmpty)
    }

    /// A kill between the line and its mark repeats it, with its number.
    @Test func aKillBeforeTheMarkRepeatsTheLine() throws {
        var machine = try dark()
        look(&machine, 24, .up)
        let marked = try machine.ledger.ledger.undelivered(limit: 1).isEmpty
        #expect(marked)
        var killed = try dark()
        look(&killed, 6, .up)
        killed.ledger.fail(.markDelivered, .busy(path: "ledger"))
        look(&killed, 14, .up)
        killed.ledger.heal()
        try killed.crash()
        look(&killed, 30, .up)
        #expect(Set(killed.sink.written) == Set(machine.sink.written))
        #expect(Set(killed.sink.numbers) == Set(machine.sink.numbers))
    }
}
