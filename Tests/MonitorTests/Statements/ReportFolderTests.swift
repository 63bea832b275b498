import Foundation
import Ledger
import SLA
import Testing

@testable import Monitor
@testable import UseCases

/// What lies in `reports/` of a month that is closed.
@Suite struct ReportFolderTests {
    private let world: ClosingWorld
    private let reports: ReportFolder

    init() throws {
        let folder = StateFolder(isDurable: false)
        world = try ClosingWorld(folder)
        reports = ReportFolder(stateDirectory: folder.path)
    }

    private func bytes(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(reports.path)/\(name)").map(Array.init)
    }

    private func put(_ text: String, _ name: String) throws {
        try text.write(toFile: "\(reports.path)/\(name)", atomically: true, encoding: .utf8)
    }

    private func keep() throws -> [String] {
        var written: [String] = []
        try world.ledger.read { try reports.keep(in: $0) { written.append($0) } }
        return written.map { String($0.dropFirst(reports.path.count + 1)) }
    }

    private func amend() throws -> ClosedStatement {
        try world.ledger.record(try world.exclusion("E1", 31..<35))
        return try world.close().statement
    }

    /// The daemon, long after the month.
    private func writer(_ log: TestLog, _ clock: TestClock) -> MonthlyReportWriter {
        MonthlyReportWriter(
            stateDirectory: world.folder.path, catalog: world.catalog, log: log.logger, clock: { clock.now },
            steadyAfter: 0, open: { [ledger = world.ledger] in ledger })
    }

    @Test func theReportOfAMonthMakesRoomForItsStatement() throws {
        let (log, clock) = (TestLog(), TestClock(world.at(31 * 24 + 20)))
        var writer = writer(log, clock)
        writer.turn()
        let before = try #require(bytes("2020-03.csv"))
        let first = try world.close().statement
        #expect(try keep() == ["2020-03.csv"])
        #expect(bytes("2020-03.csv") == first.draft.csv)
        #expect(before != first.draft.csv)
    }

    @Test func anAmendmentHasAFileOfItsOwn() throws {
        let first = try world.close().statement
        #expect(try keep() == ["2020-03.csv"])
        let second = try amend()
        #expect(try keep() == ["2020-03.2.csv"])
        #expect(try keep() == [])
        #expect(bytes("2020-03.csv") == first.draft.csv)
        #expect(bytes("2020-03.2.csv") == second.draft.csv)
        #expect(first.draft.csv != second.draft.csv)
    }

    /// Killed between the ledger and the files.
    @Test func theDaemonWritesWhatIsMissing() throws {
        let first = try world.close().statement
        let second = try amend()
        let (log, clock) = (TestLog(), TestClock(SystemNow.instant))
        var daemon = writer(log, clock)
        daemon.turn()
        #expect(bytes("2020-03.csv") == first.draft.csv)
        #expect(bytes("2020-03.2.csv") == second.draft.csv)
        #expect(log.lines.filter { $0.contains("/2020-03.") }.count == 2, "\(log.lines)")
        let said = log.lines.count
        clock.pass(MonthlyReportWriter.lookingInterval)
        daemon.turn()
        #expect(log.lines.count == said, "\(log.lines)")
    }

    @Test func aFileThatDiffersIsNeverOverwritten() throws {
        let first = try world.close().statement
        _ = try keep()
        let edited = String(decoding: first.draft.csv, as: UTF8.self).replacing("breached", with: "met")
        try put(edited, "2020-03.csv")
        let second = try amend()
        try put("mine", "2020-03.2.csv")
        let refusal = try #require(throws: (any Error).self) { try keep() }
        #expect(
            "\(refusal)".split(separator: "\n")
                == ["2020-03.csv", "2020-03.2.csv"].enumerated().map { index, name in
                    "\(reports.path)/\(name): is another file than statement 2020-03/\(index + 1), and is not overwritten: "
                        + "move it away, and availd close --month 2020-03 writes it anew"
                })
        #expect(bytes("2020-03.csv") == Array(edited.utf8))
        #expect(bytes("2020-03.2.csv") == Array("mine".utf8))
        try FileManager.default.removeItem(atPath: reports.path + "/2020-03.2.csv")
        #expect(throws: (any Error).self) { try keep() }
        #expect(bytes("2020-03.2.csv") == second.draft.csv)
    }

    /// Nor by a clock that is set back: what a statement says stays.
    @Test func aClosedMonthIsNotSweptAway() throws {
        let first = try world.close().statement
        _ = try keep()
        let (log, clock) = (TestLog(), TestClock(world.at(31 * 24 + 20)))
        var daemon = writer(log, clock)
        daemon.turn()
        #expect(bytes("2020-03.csv") == first.draft.csv)
        #expect(!log.lines.contains { $0.contains("2020-03") }, "\(log.lines)")
    }

    @Test func aReportIsNotWrittenOfAMonthThatWasClosedMeanwhile() throws {
        #expect(try reports.write("new", of: world.month, unless: { true }) == false)
        #expect(bytes("2020-03.csv") == nil)
        #expect(try reports.write("new", of: world.month, unless: { false }))
        #expect(bytes("2020-03.csv") == Array("new".utf8))
    }
}
