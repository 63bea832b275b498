import Foundation
import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor
@testable import SLA

/// A short story of the recorder, the outbox, the loss note and the monthly report, told again for every point at which
/// one thing can go wrong, and for everything that can go wrong there: in the end it is the same story.
@Suite struct FaultPointTests {
    /// Eight seconds and a half before the month ends.
    private static let start = Instant(milliseconds: 1_793_491_191_500)
    /// What is seen of `web`, a second each, then once more when the month has settled.
    private static let seen = "UUDDDDUUUUU"

    /// What the story has come to.
    private struct Outcome {
        var promises: [String]
        var kept: [String]
        var reports: [String]
        var calls: Int
        var questions: Int
    }

    /// Tells the story; `trouble` is asked before each second.
    private static func tell(
        _ trouble: (inout Machine, Int) throws -> Void = { _, _ in }
    ) throws -> Outcome {
        var machine = try Machine(catalog, at: start)
        let (path, clock, ledger) = (machine.path, machine.clock, machine.ledger)
        func writer() -> MonthlyReportWriter {
            MonthlyReportWriter(
                stateDirectory: path, catalog: catalog, log: machine.log.logger, clock: { clock.now }, open: { ledger })
        }
        var reports = writer()
        func turn(after length: Milliseconds) throws {
            machine.turn(after: length)
            reports.turn()
            if ledger.isDead {
                try restart(&machine)
                reports = writer()
            }
        }
        for (second, letter) in seen.enumerated() {
            try trouble(&machine, second)
            clock.pass(1000)
            machine.see("web", letter == "D" ? .down : .up, cause: letter == "D" ? .connection(.refused) : nil)
            machine.see("api", .up)
            try turn(after: 0)
        }
        try trouble(&machine, seen.count)
        try turn(after: 4000)
        machine.ledger.heal()
        machine.sink.refuse(at: 0..<0)
        // A report is written when the clock has been steady for a while, also after the last restart.
        for _ in 0..<5 { try turn(after: 10_000) }
        // And what the budget of a month says of which eight seconds are measured, is another story.
        let others = Set([.measurementLost, .measurementRestored] + BudgetAlertLatch.events)
        return Outcome(
            promises: try machine.brokenPromises(),
            kept: try machine.kept().filter { !others.contains($0.event) }
                .map { "\($0.event.rawValue) \($0.subject)" },
            reports: try ReportNames.inFolder(path + "/reports"), calls: ledger.calls,
            questions: machine.sink.questions)
    }

    /// The process is started again, and again where it cannot.
    private static func restart(_ machine: inout Machine) throws {
        // That takes a moment: one that begins at the instant of the last sample takes its clock for one set back.
        machine.clock.pass(1)
        for _ in 0..<100 {
            do { return try machine.crash() } catch {}
        }
        try machine.crash()
    }

    private static let story = ["service_down web", "availability_below web", "service_up web"]

    private static func expectTheStory(_ outcome: Outcome, _ what: @autoclosure () -> String) {
        #expect(outcome.promises.isEmpty, "\(what())")
        #expect(outcome.kept == story, "\(what())")
        #expect(outcome.reports == ["2026-10.csv"], "\(what())")
    }

    @Test func theStory() throws {
        let outcome = try Self.tell()
        Self.expectTheStory(outcome, "")
        #expect(outcome.calls > 40 && outcome.questions >= 2, "\(outcome)")
    }

    /// Every call of the ledger fails, alone or with the one after it, or the process is killed before it or after it.
    /// Were there more, the ledger might take nothing until the outage is over, and nobody is told of that one.
    @Test(arguments: 0..<4)
    func theLedgerFailsAtEveryCall(kind: Int) async throws {
        let calls = try Self.tell().calls
        let faults: [LedgerError] = [
            .full(path: "ledger"), .busy(path: "ledger"), .damaged(path: "ledger", reason: "a page"),
            .inputOutput(path: "ledger", reason: "the disk"),
        ]
        // The first is that of the start, which says so and ends.
        for call in 3..<calls {
            await Task.yield()
            let failure = FaultyLedger.Effect.failure(faults[call % faults.count])
            let plans: [(FaultyLedger.Effect, Int)] = [(failure, 1), (failure, 2), (.killBefore, 1), (.killAfter, 1)]
            let (effect, length) = plans[kind]
            let outcome = try Self.tell { machine, second in
                if second == 0 { machine.ledger.plan(effect, at: call..<(call + length)) }
            }
            Self.expectTheStory(outcome, "call \(call) of \(calls): \(effect)")
        }
    }

    /// Syslog is deaf whenever it is asked, alone or for the rest of the story.
    @Test func syslogIsDeafAtEveryQuestion() throws {
        let questions = try Self.tell().questions
        for question in 0..<questions {
            for end in [question + 1, .max] {
                let outcome = try Self.tell { machine, second in
                    if second == 0 { machine.sink.refuse(at: question..<end) }
                }
                Self.expectTheStory(outcome, "question \(question) of \(questions)")
            }
        }
    }

    /// The note of a loss, and the folder of the reports, cannot be written from any second on; the ledger takes nothing
    /// for a while, so that there is a loss to be noted, and the process is killed in the middle of it.
    @Test(arguments: ["measurement-lost", "reports"])
    func nothingIsWrittenFromEverySecondOn(name: String) throws {
        for begin in 0...Self.seen.count {
            let outcome = try Self.tell { machine, second in
                let path = machine.path + "/" + name
                if second == begin {
                    try? FileManager.default.removeItem(atPath: path)
                    // Root may write anywhere, but not into a folder as if it were a file, nor into a file as a folder.
                    if name == "reports" {
                        try Data().write(to: URL(filePath: path))
                    } else {
                        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
                    }
                }
                if second == begin + 1 { machine.ledger.fail(.commit, .full(path: "ledger")) }
                if second == begin + 3 { try Self.restart(&machine) }
                if second == min(begin + 4, Self.seen.count) { machine.ledger.heal() }
                if second == Self.seen.count { try FileManager.default.removeItem(atPath: path) }
            }
            // Where the loss could not be noted, a restart announces it once more, and keeps that one.
            let promises = outcome.promises.filter { name == "reports" || !$0.hasPrefix("said") }
            #expect(promises.isEmpty, "\(begin)")
            // What was seen meanwhile was lost with the process, and the story has a gap.
            #expect(outcome.reports == ["2026-10.csv"], "\(begin): \(outcome)")
        }
    }

    /// The wall clock steps before every second, and the month ends earlier, or twice.
    @Test(arguments: [-5_400_000, -3000, 3000, 5_400_000] as [Milliseconds])
    func theClockStepsAtEverySecond(step: Milliseconds) throws {
        for second in 0...Self.seen.count {
            let outcome = try Self.tell { machine, now in if now == second { machine.clock.step(step) } }
            // An instant that comes twice may see the same twice.
            #expect(outcome.promises.allSatisfy { $0.hasPrefix("kept twice") }, "\(second): \(outcome.promises)")
            #expect(Set(outcome.kept).isSubset(of: Set(Self.story + ["availability_restored web"])), "\(outcome.kept)")
        }
    }
}
