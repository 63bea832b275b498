import Ledger
import LedgerSupport
import Platform
import SLA
import SLAOracle
import Testing

@testable import Monitor
@testable import SLA

/// What a wall clock that is wrong leaves behind: its samples, and nothing that shadows what comes later.
@Suite struct WrongClockTests {
    /// 2026-11-16T00:00:00Z, a Monday.
    private static let start = Instant(milliseconds: 1_794_787_200_000)
    private static let hour: Milliseconds = 3_600_000
    private static let years: Milliseconds = 4 * 365 * 24 * hour

    /// What comes with an instant.
    private static let byInstant: Set<AlertEvent> = [
        .availabilityBelow, .availabilityRestored, .budgetConsumed, .budgetBurning, .commitmentLost, .handlingDue,
        .handlingOverdue, .maintenanceBegins, .maintenanceEnds, .exclusionNotAdmitted,
    ]

    private func run(_ machine: inout Machine, web: SampleState, api: SampleState = .up, seconds: Int) {
        for _ in 0..<seconds {
            machine.see("api", api)
            machine.see("web", web)
            machine.turn(after: 1000)
        }
    }

    private func saidByInstant(_ machine: Machine) throws -> [String] {
        try machine.kept().filter { Self.byInstant.contains($0.event) }.map { "\($0.event.rawValue) \($0.subject)" }
    }

    private func incidents(_ machine: Machine) throws -> [Incident] {
        try machine.ledger.ledger.read { try $0.incidents(asOf: .distantFuture) }
    }

    private func trust(_ machine: Machine) throws -> [String] {
        try machine.ledger.ledger.read { try $0.daemonEvents(since: .distantPast) }
            .filter { [.clockDoubted, .clockBelieved].contains($0.kind) }
            .map { "\($0.kind.rawValue) \(($0.at - Self.start) / 1000)" }
    }

    /// Nine seconds of 2030 while one service is down and another falls.
    @Test func nineSecondsOf2030LeaveNothing() throws {
        var machine = try Machine(catalog, at: Self.start)
        run(&machine, web: .up, seconds: 30)
        run(&machine, web: .down, seconds: 10)
        let before = try saidByInstant(machine)
        machine.clock.step(Self.years)
        run(&machine, web: .down, api: .down, seconds: 9)
        #expect(try saidByInstant(machine) == before)
        #expect(machine.said.filter { $0.hasPrefix("service_down") } == ["service_down web", "service_down api"])
        #expect(try incidents(machine).count == 1)
        machine.clock.step(-Self.years)
        run(&machine, web: .down, seconds: 10)
        #expect(try trust(machine) == ["clock_doubted 41", "clock_believed 50"])
        let events = try incidents(machine).flatMap(\.events)
        #expect(events.allSatisfy { max($0.at, $0.recordedAt) < Self.start + Self.hour }, "\(events)")
        // The true deadline.
        machine.turn(after: 25 * Self.hour)
        machine.turn()
        let overdue = try machine.kept().filter { $0.event == .handlingOverdue }
        #expect(overdue.map(\.subject) == ["I1"])
    }

    /// What falls while the clock is wrong, and is still down when it is right, opens its incident then.
    @Test func anIncidentOpensByAClockThatIsBelieved() throws {
        var machine = try Machine(catalog, at: Self.start)
        run(&machine, web: .up, seconds: 30)
        machine.clock.step(Self.years)
        run(&machine, web: .down, seconds: 9)
        #expect(try incidents(machine).isEmpty)
        #expect(try machine.kept().last { $0.event == .serviceDown }?["incident"] == nil)
        machine.clock.step(-Self.years)
        run(&machine, web: .down, seconds: 10)
        let opened = try #require(try incidents(machine).first)
        #expect(opened.openedAt > Self.start && opened.openedAt <= Self.start + 50_000)
    }

    /// A month ahead, for longer than it takes to be steady: it is too far off, and nobody keeps it.
    @Test func aMonthAheadSaysNothingOfThatMonth() throws {
        var machine = try Machine(catalog, at: Self.start)
        run(&machine, web: .up, seconds: 30)
        machine.clock.step(30 * 24 * Self.hour)
        run(&machine, web: .down, seconds: 120)
        #expect(try saidByInstant(machine).isEmpty)
        machine.clock.step(-30 * 24 * Self.hour)
        run(&machine, web: .down, seconds: 10)
        #expect(try machine.kept().compactMap { $0["month"]?.month?.description }.allSatisfy { $0 == "2026-11" })
        #expect(try !saidByInstant(machine).isEmpty)
    }

    /// A machine whose battery has forgotten the time, or remembers another, starts and starts again: its clock is
    /// believed once it is put right, and at once.
    @Test(arguments: [years, -11 * 365 * 24 * hour])
    func aStartUnderAWrongClockDecidesNothing(step: Milliseconds) throws {
        var machine = try Machine(catalog, at: Self.start)
        run(&machine, web: .up, seconds: 30)
        run(&machine, web: .down, seconds: 10)
        let before = try saidByInstant(machine)
        machine.clock.step(step)
        for _ in 0..<3 {
            try machine.crash()
            run(&machine, web: .down, seconds: 40)
        }
        #expect(try saidByInstant(machine) == before)
        #expect(try trust(machine) == ["clock_doubted 40"])
        // What the configuration says is known from when the record was left.
        var web = catalog.services[1]
        web.groups = ["rack"]
        try machine.reload(
            Catalog(
                agreement: catalog.agreement, customers: catalog.customers, services: [catalog.services[0], web]))
        machine.turn()
        let history = try machine.ledger.ledger.read { try $0.catalogHistory() }
        let soon = Self.start + Self.hour
        let known = try #require(history.services["web"]).records.map(\.recordedAt)
        #expect(known.count == 2 && known.allSatisfy { $0 >= Self.start && $0 < soon }, "\(known)")
        let ends = try machine.ledger.ledger.read { try $0.passEnds() }.map(\.recordedAt)
        #expect(!ends.isEmpty && ends.allSatisfy { $0 >= Self.start && $0 < soon }, "\(ends)")
        machine.clock.step(-step)
        try machine.crash()
        run(&machine, web: .down, seconds: 10)
        #expect(try trust(machine).map { $0.split(separator: " ")[0] } == ["clock_doubted", "clock_believed"])
        try machine.crash()
        run(&machine, web: .down, seconds: 10)
        #expect(try trust(machine).count == 2)
        #expect(try incidents(machine).map(\.openedAt) == [Self.start + 30_000])
    }

    /// The first daemon of a ledger into which old samples were imported.
    @Test func whatWasImportedSaysNothingOfTheClock() throws {
        let folder = StateFolder(isDurable: false)
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        try ledger.commit(Batch(observations: [observation("web", Self.start, .up)]))
        let clock = TestClock(Self.start + 90 * 24 * Self.hour)
        let passes = PassClock { clock.now }
        try passes.goOn(with: ledger)
        #expect(!passes.now().isDoubted)
    }

    /// A machine that was off for three months goes on after an hour, without a person; its outages count meanwhile.
    @Test func aLongPauseEndsByItself() throws {
        var machine = try Machine(catalog, at: Self.start)
        run(&machine, web: .up, seconds: 30)
        machine.clock.pass(90 * 24 * Self.hour)
        try machine.crash()
        run(&machine, web: .up, seconds: 30)
        run(&machine, web: .down, seconds: 30)
        #expect(machine.said == ["service_down web"])
        let fell = machine.clock.now.wall - 30_000
        #expect(try incidents(machine).isEmpty)
        run(&machine, web: .down, seconds: 3600)
        #expect(try incidents(machine).map(\.openedAt) == [fell])
        #expect(try saidByInstant(machine).contains("availability_below web"))
    }
}
