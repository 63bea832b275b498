import Foundation
import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor
@testable import SLA

/// Samples that no commit took, and what becomes of them; and a ledger that has lost some that one took.
@Suite struct KeptSamplesTests {
    private let start = Instant(milliseconds: 1_790_812_800_000)

    private func see(_ count: Int, _ machine: inout Machine) {
        for _ in 0..<count {
            machine.clock.pass(1000)
            machine.see("web", .up)
        }
    }

    private func count(_ machine: Machine) throws -> Int64 { try machine.ledger.ledger.sampleCount() }

    private func read(_ machine: Machine) throws -> [String] {
        try machine.ledger.ledger.read { try $0.daemonEvents(of: .spillRead) }.map(\.text)
    }

    @Test func whatAStopCouldNotRecordIsRecordedByTheNextStart() throws {
        var machine = try Machine(catalog, at: start)
        see(3, &machine)
        machine.ledger.fail(.commit, .full(path: "ledger"))
        let isRecorded = machine.stop()
        #expect(!isRecorded)
        #expect(
            machine.log.lines.suffix(2) == [
                "error the last samples are not recorded: ledger: no space left on the disk (ENOSPC)",
                "notice 3 samples are kept in \(machine.path)/unrecorded-samples, for the next start",
            ])
        // Still no room, and stopped again: they wait on.
        try machine.crash()
        see(2, &machine)
        #expect(try !machine.stop() && count(machine) == 0)
        machine.ledger.heal()
        try machine.crash()
        for _ in 0..<4 { machine.turn() }
        #expect(try count(machine) == 5)
        #expect(try read(machine).count == 2)
        #expect(SpillFile(path: machine.path + "/unrecorded-samples").isEmpty)
    }

    /// Killed after the commit, and before the file was emptied: what is recorded is not recorded again.
    @Test func aKillInBetweenRecordsThemOnce() throws {
        var machine = try Machine(catalog, at: start)
        see(3, &machine)
        let observations = (1...3).map { observation("web", start + Int64($0) * 1000, .up) }
        let spill = SpillFile(path: machine.path + "/unrecorded-samples")
        #expect(spill.add(observations) == 3)
        machine.clock.pass(1000)
        try machine.crash()
        machine.turn()
        #expect(try count(machine) == 3)
        let ids = try read(machine)
        // The same frame is there again, as if it had not been removed.
        #expect(SpillFile(path: machine.path + "/unrecorded-samples").add(observations) == 3)
        try machine.crash()
        machine.turn()
        #expect(try read(machine) == ids && count(machine) == 3)
        #expect(SpillFile(path: machine.path + "/unrecorded-samples").isEmpty)
        #expect(machine.log.lines.allSatisfy { !$0.contains("is not recorded") })
    }

    @Test func damageIsSaidAndRecordedOnce() throws {
        var machine = try Machine(catalog, at: start)
        let file = SpillFile(path: machine.path + "/unrecorded-samples")
        for second in 1...3 as ClosedRange<Int64> {
            #expect(file.add([observation("web", start + second * 1000, .up)]) == 1)
        }
        let path = URL(filePath: file.path)
        let length = Int(try #require(SpillContent.frame(at: 0, in: KeptFile(file.path))).length)
        var bytes = try Data(contentsOf: path)
        bytes[length + SpillFrame.headerSize + 5] ^= 1
        try bytes.write(to: path)
        for _ in 0..<2 {
            try machine.crash()
            for _ in 0..<4 { machine.turn() }
            try bytes.write(to: path)
        }
        #expect(try count(machine) == 2)
        let said = "error \(file.path) is damaged: \(length) bytes of samples that waited cannot be read"
        #expect(machine.log.lines.contains("\(said), and are unmeasured; it is copied to \(file.path).damaged-1"))
        #expect(try machine.ledger.ledger.read { try $0.daemonEvents(of: .spillDamaged) }.count == 1)
        let voids = try machine.ledger.ledger.read { try $0.corrections() }
        #expect(voids.map(\.interval) == [Interval(start + 1001, start + 3000)])
    }

    /// Nothing that can be read is behind it, or before it: samples before the loss must not speak for its time.
    @Test(arguments: [false, true], [false, true])
    func damageAtAnEndIsAVoidAsWell(hasFrameBefore: Bool, isSeenEarly: Bool) throws {
        var machine = try Machine(catalog, at: start)
        see(3, &machine)
        machine.turn()
        machine.ledger.fail(.commit, .full(path: "ledger"))
        see(2, &machine)
        if hasFrameBefore {
            _ = machine.stop()
            try machine.crash()
            see(2, &machine)
        }
        _ = machine.stop()
        machine.ledger.heal()
        let path = URL(filePath: machine.path + "/unrecorded-samples")
        var bytes = try Data(contentsOf: path)
        let first = try #require(SpillContent.frame(at: 0, in: KeptFile(path.path)))
        let damaged = hasFrameBefore ? Int(first.length) : 0
        bytes[damaged + 140] ^= 0x20
        try bytes.write(to: path)
        let last = hasFrameBefore ? try #require(first.frame.observations.last).sample.at : start + 3000
        machine.clock.pass(1000)
        var end = machine.clock.now.wall
        try machine.crash { early in
            if isSeenEarly { early.see("web", .up) }
            early.clock.pass(5000)
        }
        if !isSeenEarly { end = end + 5000 }
        for _ in 0..<4 { machine.turn() }
        let voids = try machine.ledger.ledger.read { try $0.corrections() }
        #expect(voids.map(\.interval) == [Interval(last + 1, end)])
        #expect(voids.allSatisfy { $0.recordedBy == Correction.daemon && $0.kind == .void })
        #expect(try count(machine) == 3 + (hasFrameBefore ? 2 : 0) + (isSeenEarly ? 1 : 0))
    }

    /// A stopped outbox is asked once more, where its ledger is closed.
    @Test func aStoppedOutboxAsksNothing() throws {
        var machine = try Machine(catalog, at: start)
        _ = machine.stop()
        let calls = machine.ledger.calls
        machine.ledger.fail(.undelivered, .inputOutput(path: "ledger", reason: "it was closed"))
        machine.deliver()
        #expect(machine.ledger.calls == calls)
        #expect(machine.log.lines.allSatisfy { !$0.contains("wait in the outbox") })
    }

    @Test func aMarkThatTellsOfNoLossIsWarnedOf() throws {
        var machine = try Machine(catalog, at: start)
        let mark = machine.path + "/high-water-mark"
        unlink(mark)
        try #require(mkdir(mark, 0o700) == 0)
        for _ in 0..<3 {
            see(1, &machine)
            machine.turn()
        }
        let warning = "warning the ledger: its high-water mark cannot be written"
        #expect(machine.log.lines.filter { $0.hasPrefix(warning) }.count == 1)
    }

    /// More than memory is to hold goes into the file, and comes back before what came later.
    @Test func whatMemoryDoesNotHoldIsKeptInTheFile() throws {
        var machine = try Machine(catalog, at: start, capacity: 8000)
        machine.ledger.fail(.commit, .inputOutput(path: "ledger", reason: "gone"))
        for _ in 0..<10 {
            see(2000, &machine)
            machine.turn()
        }
        #expect(machine.pending.surplus < SpillFile.frameLength)
        machine.ledger.heal()
        for _ in 0..<3 { machine.turn() }
        #expect(try count(machine) == 20_000)
        #expect(try read(machine).count >= 6)
        #expect(machine.log.lines.allSatisfy { !$0.contains("dropped") })
        #expect(machine.said == ["measurement_lost ", "measurement_restored "])
    }

    @Test func aLossIsRecordedAndSaidOnce() throws {
        let folder = StateFolder(isDurable: false)
        do {
            var machine = try Machine(catalog, at: start, in: folder)
            see(3, &machine)
            machine.turn()
            try machine.ledger.ledger.close()
        }
        try SavedLedger.save(folder)
        do {
            var machine = try Machine(catalog, at: start + 10_000, in: folder)
            see(4, &machine)
            machine.turn()
            #expect(machine.said.isEmpty)
            try machine.ledger.ledger.close()
        }
        try SavedLedger.restore(folder)
        var machine = try Machine(catalog, at: start + 20_000, in: folder)
        machine.turn()
        #expect(machine.said == ["measurement_lost ", "measurement_restored "])
        let loss = try #require(machine.ledger.loss)
        #expect(loss.marked.samples - loss.found.samples == 4)
        #expect(machine.sink.written.first?["reason"] == .text("\(loss)"))
        #expect(try machine.ledger.ledger.read { try $0.daemonEvents(of: .ledgerBehind) }.map(\.text) == ["\(loss)"])
        #expect(machine.log.lines.contains("error the ledger has lost what it had: \(loss)"))
        // What is missing is unmeasured: from the last sample that is there, less the longest timeout, to the last that
        // is not.
        let void = try #require(try machine.ledger.ledger.read { try $0.corrections() }.first)
        #expect(void.kind == .void && void.scope == [.services(.all)] && void.recordedBy == Correction.daemon)
        #expect(void.refusal == nil && void.recordedAt == start + 20_000)
        #expect(void.interval == Interval(start + 3001 - 1000, start + 14_001))
        // The figures have it so: a sample that is there would have spoken for three seconds more.
        see(2, &machine)
        machine.turn()
        let report = try machine.ledger.ledger.read {
            try $0.report(
                of: try #require(CivilMonth("2026-10")), asOf: start + 22_000, configured: catalog)
        }
        let web = try #require(report.figures.last)
        #expect(web.corrections.map(\.id) == [void.id])
        #expect(
            web.partition.up.intervals == [
                Interval(start + 1000, start + 2001), Interval(start + 21_500, start + 22_000),
            ])
        try machine.ledger.ledger.close()
        var next = try Machine(catalog, at: start + 30_000, in: folder)
        next.turn()
        #expect(next.said.isEmpty && next.ledger.loss == nil)
    }

    /// A line that is written before it can be kept has a number of its own; the outbox's is that of the others.
    @Test func everyLineHasItsNumber() throws {
        var machine = try Machine(catalog, at: start)
        machine.ledger.fail(.commit, .full(path: "ledger"))
        see(1, &machine)
        machine.turn()
        let lost = try #require(machine.sink.written.first)
        #expect(machine.sink.numbers == [-lost.at.milliseconds])
        machine.ledger.heal()
        machine.turn()
        machine.turn()
        #expect(machine.said == ["measurement_lost ", "measurement_restored "])
        #expect(machine.sink.numbers == [-lost.at.milliseconds, 2])
    }

    /// Killed between the line and its note, the line is repeated as it was; after the note it is not.
    @Test(arguments: [false, true])
    func aRepetitionHasTheSameNumber(isAnnounced: Bool) throws {
        var machine = try Machine(catalog, at: start)
        let alert = MeasurementLoss.ledger("ledger: no space\nleft").alert(at: start - 5000)
        MeasurementLossNote(KeepingPlaces(stateDirectory: machine.path)).note(alert, isAnnounced: isAnnounced)
        try machine.crash()
        for _ in 0..<3 { machine.turn() }
        #expect(machine.said == (isAnnounced ? [] : ["measurement_lost "]) + ["measurement_restored "])
        #expect(machine.sink.numbers == (isAnnounced ? [] : [-alert.at.milliseconds]) + [2])
        #expect(try machine.kept().map(\.event) == [.measurementLost, .measurementRestored])
        #expect(try machine.kept().first?["reason"] == .text("ledger: no space\\u{a}left"))
    }
}
