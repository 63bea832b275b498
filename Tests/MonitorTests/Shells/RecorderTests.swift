import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor
@testable import SLA

/// The recorder and the outbox, each failure by itself.
@Suite struct RecorderTests {
    private let start = Instant(milliseconds: 1_790_812_800_000)

    private func outage(_ machine: inout Machine, _ service: String = "web") {
        for _ in 0..<2 {
            machine.clock.pass(1000)
            machine.see(service, .down)
        }
        machine.turn()
    }

    @Test func nothingIsAnnouncedThatIsNotKept() throws {
        var machine = try Machine(catalog, at: start)
        machine.ledger.fail(.commit, .full(path: "ledger"))
        outage(&machine)
        // The one thing that can only be said before it is kept.
        #expect(machine.said == ["measurement_lost "])
        #expect(try machine.kept().isEmpty)
        machine.turn()
        #expect(machine.said.count == 1)
        machine.ledger.heal()
        machine.turn()
        machine.turn()
        #expect(
            machine.said == [
                "measurement_lost ", "service_down web", "availability_below web", "measurement_restored ",
            ])
        #expect(
            try machine.kept().map(\.event.rawValue).sorted() == machine.sink.written.map(\.event.rawValue).sorted())
        #expect(
            machine.log.lines.filter { $0.contains("recorded") || $0.contains("recording") } == [
                "error nothing is recorded: ledger: no space left on the disk (ENOSPC)",
                "notice recording again",
            ])
    }

    /// A reload says what it changes, in a bounded number of lines; and so does a start with another file.
    @Test func whatIsChangedIsSaid() throws {
        var machine = try Machine(catalog, at: start)
        #expect(!machine.log.lines.contains { $0.contains("changed") })
        var services = catalog.services
        services[1].checks[0].interval = 2000
        let slower = Catalog(agreement: catalog.agreement, customers: catalog.customers, services: services)
        try machine.reload(slower)
        machine.turn()
        #expect(machine.log.lines.contains("notice changed: web, check default: interval 2s, was 1s: slower"))
        let many = (0..<30).map { number in
            var service = services[0]
            service.id = "more\(number)"
            return service
        }
        let count = machine.log.lines.count
        try machine.crash(
            following: Catalog(agreement: catalog.agreement, customers: catalog.customers, services: services + many))
        let lines = machine.log.lines.dropFirst(count).filter { $0.contains("changed: ") }
        #expect(lines.count == 21)
        #expect(lines.last?.contains("changed: 10 more") == true)
    }

    /// Many that wait for their turn end at once with a stop, and the recorder may take a turn before it is told of that.
    @Test func whatAStopHasCutOffIsNoLossOfSight() throws {
        var machine = try Machine(catalog, at: start)
        func seeManyUnknown(_ cause: Cause) {
            for _ in 0..<20 {
                machine.clock.pass(100)
                machine.see("web", .unknown, cause: cause)
            }
            machine.turn()
        }
        seeManyUnknown(.monitorStopping)
        seeManyUnknown(.behindRedirect(url: "https://acme.example/", .monitorStopping))
        #expect(machine.said.isEmpty)
        seeManyUnknown(.monitorLacked(.route))
        #expect(machine.said == ["measurement_lost "])
    }

    /// The loss is announced once over a restart in the middle of it, and its end once.
    @Test func aLossOutlivesARestart() throws {
        var machine = try Machine(catalog, at: start)
        machine.ledger.fail(.commit, .full(path: "ledger"))
        outage(&machine)
        try machine.crash()
        machine.turn()
        #expect(machine.said == ["measurement_lost "])
        machine.ledger.heal()
        for _ in 0..<3 { machine.turn() }
        #expect(machine.said == ["measurement_lost ", "measurement_restored "])
        #expect(try machine.kept().map(\.event) == [.measurementLost, .measurementRestored])
    }

    /// A ledger that does not even tell what is new is one that takes nothing.
    @Test func whatCannotBeReadIsNotDecided() throws {
        var machine = try Machine(catalog, at: start)
        machine.ledger.fail(.read, .damaged(path: "ledger", reason: "a page"))
        outage(&machine)
        #expect(machine.said == ["measurement_lost "])
        machine.ledger.heal()
        machine.turn()
        #expect(machine.said.contains("service_down web"))
    }

    @Test func aDeafSyslogLosesNothing() throws {
        var machine = try Machine(catalog, at: start)
        machine.sink.refuse("nobody")
        outage(&machine)
        #expect(machine.said.isEmpty)
        // Tried again without anything new, and also after a restart.
        try machine.crash()
        machine.turn()
        #expect(machine.said.isEmpty)
        machine.sink.refuse(nil)
        machine.turn(after: 10_000)
        #expect(machine.said == ["service_down web", "availability_below web"])
        #expect(
            machine.log.lines.filter { $0.contains("alerts") } == [
                "error alerts wait in the outbox: syslog does not listen: nobody",
                "error alerts wait in the outbox: syslog does not listen: nobody", "notice alerts go out again",
            ])
    }

    /// An alert that is written and cannot be marked is not written again by the same process.
    @Test func whatCannotBeMarkedIsWrittenOnce() throws {
        var machine = try Machine(catalog, at: start)
        machine.ledger.fail(.markDelivered, .busy(path: "ledger"))
        outage(&machine)
        machine.turn(after: 10_000)
        machine.ledger.heal()
        machine.turn(after: 10_000)
        #expect(machine.said == ["service_down web", "availability_below web"])
    }

    @Test func aStopSaysWhetherEverythingIsRecorded() throws {
        var machine = try Machine(catalog, at: start)
        machine.see("web", .up)
        let isRecorded = machine.stop()
        #expect(isRecorded)
        #expect(try machine.ledger.ledger.daemonEvents(since: start).map(\.kind) == [.start, .stop])
        try machine.crash()
        machine.clock.pass(1000)
        machine.see("web", .up)
        machine.ledger.fail(.commit, .full(path: "ledger"))
        let isLastRecorded = machine.stop()
        #expect(!isLastRecorded)
        #expect(
            machine.log.lines.contains { $0.hasPrefix("error the last samples are not recorded: ledger: no space") })
    }

    /// More than a turn may take is recorded all the same, in several.
    @Test func aTurnHasABound() throws {
        var machine = try Machine(catalog, at: start)
        for _ in 0..<5000 {
            machine.clock.pass(1)
            machine.see("web", .up)
        }
        machine.clock.pass(Recorder.interval)
        var turns = 1
        while machine.recorder.turn() { turns += 1 }
        #expect(turns == 3)
        #expect(try machine.ledger.ledger.sampleCount() == 5000)
    }

    /// A stop does not wait until the past of services that are new is read.
    @Test func aReloadEndsWithTheStop() throws {
        var machine = try Machine(
            Catalog(
                agreement: catalog.agreement, customers: catalog.customers, services: Array(catalog.services.prefix(1))),
            at: start)
        machine.see("api", .up)
        machine.stopOrder.order()
        #expect(throws: NewsReader.Stopped.self) { try machine.reload(catalog) }
        machine.see("api", .up)
        let isRecorded = machine.stop()
        #expect(isRecorded)
        #expect(try machine.ledger.ledger.daemonEvents(since: start).map(\.kind) == [.start, .stop])
    }

    @Test func aReloadThatCannotBeReadChangesNothing() throws {
        var machine = try Machine(catalog, at: start)
        let fewer = Catalog(
            agreement: catalog.agreement, customers: catalog.customers, services: Array(catalog.services.prefix(1)))
        machine.ledger.fail(.read, .busy(path: "ledger"))
        #expect(throws: LedgerError.busy(path: "ledger")) {
            var other = machine
            try other.reload(fewer)
        }
        machine.ledger.heal()
        outage(&machine)
        #expect(machine.said.contains("service_down web"))
        try machine.reload(fewer)
        machine.turn()
        outage(&machine)
        #expect(try machine.ledger.ledger.daemonEvents(since: start).map(\.kind) == [.start, .reload])
    }
}
