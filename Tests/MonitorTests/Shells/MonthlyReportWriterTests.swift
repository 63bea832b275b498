import Foundation
import Ledger
import LedgerSupport
import Platform
import SLA
import Testing

@testable import Monitor

@Suite struct MonthlyReportWriterTests {
    /// 2026-10-31T23:00:00Z.
    private let start = Instant(milliseconds: 1_793_487_600_000)

    private func prepared(_ folder: StateFolder) throws -> Ledger {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        try ledger.commit(Batch(observations: [observation("web", start - 3_600_000, .up)]))
        return ledger
    }

    /// What cannot be written is said once, and made up for when it can.
    @Test func aFolderThatCannotBeWrittenHoldsTheReportBack() throws {
        let folder = StateFolder(isDurable: false)
        let ledger = try prepared(folder)
        let (clock, log) = (TestClock(start), TestLog())
        var writer = MonthlyReportWriter(
            stateDirectory: folder.path, catalog: catalog, log: log.logger, clock: { clock.now }, steadyAfter: 0,
            open: { ledger })
        writer.turn()
        #expect(log.lines.isEmpty)
        clock.pass(2 * 3_600_000)
        // Root may write anywhere, but nobody makes a folder of a file.
        let reports = folder.path + "/reports"
        try Data().write(to: URL(fileURLWithPath: reports))
        writer.turn()
        writer.turn()
        #expect(log.lines.count == 1 && log.lines[0].hasPrefix("error the monthly report waits: "), "\(log.lines)")
        try FileManager.default.removeItem(atPath: reports)
        writer.turn()
        #expect(log.lines.last == "notice wrote \(reports)/2026-10.csv")
        let written = log.lines.count
        writer.turn()
        #expect(log.lines.count == written)
    }

    @Test func aLedgerThatCannotBeReadHoldsTheReportBack() throws {
        let folder = StateFolder(isDurable: false)
        let ledger = FaultyLedger(try prepared(folder))
        let (clock, log) = (TestClock(start + 7_200_000), TestLog())
        var writer = MonthlyReportWriter(
            stateDirectory: folder.path, catalog: catalog, log: log.logger, clock: { clock.now }, steadyAfter: 0,
            open: { ledger })
        for fault in [LedgerError.busy(path: "ledger"), .damaged(path: "ledger", reason: "a page")] {
            ledger.fail(.read, fault)
            writer.turn()
            #expect(log.lines.last == "error the monthly report waits: \(fault)")
        }
        ledger.heal()
        writer.turn()
        #expect(try ReportNames.inFolder(folder.path + "/reports") == ["2026-10.csv"])
    }

    /// A machine that starts in 2030, and stays there: not even what was written before is looked at.
    @Test(arguments: [4 * 365 * 86_400_000, -12 * 365 * 86_400_000] as [Milliseconds])
    func aClockThatIsDoubtedEndsNoMonth(step: Milliseconds) throws {
        let folder = StateFolder(isDurable: false)
        let ledger = try prepared(folder)
        let (clock, log) = (TestClock(start + 7_200_000), TestLog())
        _ = try ledger.record { _ in
            [.daemonEvent(DaemonEvent(kind: .start, at: start, pid: 1, version: "1"))]
        }
        func writer() throws -> MonthlyReportWriter {
            let passes = PassClock { clock.now }
            try passes.goOn(with: ledger)
            return MonthlyReportWriter(
                stateDirectory: folder.path, catalog: catalog, log: log.logger, clock: { passes.now() },
                open: { ledger })
        }
        func run(_ writer: MonthlyReportWriter, for length: Milliseconds) throws -> [String] {
            var writer = writer
            writer.turn()
            clock.pass(length)
            writer.turn()
            return try ReportNames.inFolder(folder.path + "/reports")
        }
        #expect(try run(writer(), for: 60_000) == ["2026-10.csv"])
        let report = try String(contentsOfFile: folder.path + "/reports/2026-10.csv", encoding: .utf8)
        clock.step(step)
        #expect(try run(writer(), for: 3_599_000) == ["2026-10.csv"])
        clock.step(-step)
        #expect(try run(writer(), for: 60_000) == ["2026-10.csv"])
        #expect(try String(contentsOfFile: folder.path + "/reports/2026-10.csv", encoding: .utf8) == report)
    }

    /// A clock that is wrong for nine seconds ends no month, and what a longer one has written is made good.
    @Test func aWrongClockEndsNoMonth() throws {
        let folder = StateFolder(isDurable: false)
        let ledger = try prepared(folder)
        let (clock, log) = (TestClock(start), TestLog())
        let years: Milliseconds = 4 * 365 * 86_400_000
        var writer = MonthlyReportWriter(
            stateDirectory: folder.path, catalog: catalog, log: log.logger, clock: { clock.now }, open: { ledger })
        writer.turn()
        clock.step(years)
        for _ in 0..<2 {
            writer.turn()
            clock.pass(4500)
        }
        #expect(log.lines.isEmpty, "\(log.lines)")
        // For an hour: then it cannot be told from the right one.
        clock.pass(3_600_000)
        writer.turn()
        #expect(try ReportNames.inFolder(folder.path + "/reports").count > 40)
        clock.step(-years)
        writer.turn()
        clock.pass(60_000)
        writer.turn()
        #expect(try ReportNames.inFolder(folder.path + "/reports") == ["2026-10.csv"])
        let report = try String(contentsOfFile: folder.path + "/reports/2026-10.csv", encoding: .utf8)
        #expect(report.contains(",2026-11-01T0"))
    }
}
