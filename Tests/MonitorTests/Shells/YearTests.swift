import Ledger
import LedgerSupport
import SLA
import SLAOracle
import Testing

@testable import Monitor
@testable import SLA

/// A year of the recorder, the outbox and the monthly reports, over a real ledger that is full, locked or damaged now
/// and then, with a syslog that is deaf now and then, clock steps, and restarts at any point.
@Suite struct YearTests {
    /// 2026-10-01T00:00:00Z.
    private static let start = Instant(milliseconds: 1_790_812_800_000)
    private static let hour: Milliseconds = 3_600_000

    /// A probe every six hours.
    private static let catalog: Catalog = {
        let services = ["api", "web"].map { id in
            Service(
                id: id, customer: "acme", paid: IntervalSet(Interval(.distantPast, .distantFuture)),
                checks: [
                    Check(
                        interval: 6 * hour, timeout: 1000, retryInterval: 1000, confirm: 2, staleAfter: 13 * hour,
                        probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
                ])
        }
        return Catalog(
            agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [Customer(id: "acme")],
            services: services)
    }()

    private static let faults: [LedgerError] = [
        .full(path: "ledger"), .busy(path: "ledger"), .damaged(path: "ledger", reason: "a page"),
        .inputOutput(path: "ledger", reason: "the disk"),
    ]

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func aYear(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var machine = try Machine(Self.catalog, at: Self.start)
        let (path, clock) = (machine.path, machine.clock)
        var reports = MonthlyReportWriter(
            stateDirectory: path, catalog: Self.catalog, log: machine.log.logger, clock: { clock.now },
            open: { try Ledger(directory: path, access: .reader) })
        var down: Set<String> = []
        for _ in 0..<(365 * 4) {
            for service in ["api", "web"] {
                if generator.once(in: 20) { down.formSymmetricDifference([service]) }
                machine.see(service, down.contains(service) ? .down : .up, address: "10.0.0.1", cause: .text("refused"))
            }
            try Self.trouble(&machine, &generator)
            machine.turn(after: 6 * Self.hour)
            if generator.once(in: 5) {
                machine.ledger.heal()
                machine.sink.refuse(nil)
            }
            if generator.once(in: 40) { try Self.restart(&machine, &generator) }
            if generator.once(in: 4) { reports.turn() }
        }
        machine.ledger.heal()
        machine.sink.refuse(nil)
        for _ in 0..<3 { machine.turn(after: 10_000) }
        let isRecorded = machine.stop()
        #expect(isRecorded)
        #expect(try machine.brokenPromises().isEmpty)
        #expect(try machine.kept().count > 100)
        let written = try ReportNames.inFolder(path + "/reports")
        // The last month may not have settled yet.
        #expect((11...12).contains(written.count), "\(written)")
    }

    private static func trouble(_ machine: inout Machine, _ generator: inout SplitMix64) throws {
        if generator.once(in: 15), let fault = faults.randomElement(using: &generator),
            let call = FaultyLedger.Call.allCases.randomElement(using: &generator)
        {
            machine.ledger.fail(call, fault)
        }
        if generator.once(in: 15) { machine.sink.refuse("no such file") }
        if generator.once(in: 50) { machine.clock.step(generator.number(-90...90) * 60_000) }
    }

    /// Killed, or stopped: what was not kept is gone with a kill alone.
    private static func restart(_ machine: inout Machine, _ generator: inout SplitMix64) throws {
        machine.ledger.heal()
        if generator.once(in: 2) {
            let isRecorded = machine.stop()
            #expect(isRecorded)
        }
        try machine.crash()
    }
}
