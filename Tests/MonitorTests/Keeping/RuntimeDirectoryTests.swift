import Foundation
import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor

/// A disk that takes nothing at all, neither the ledger nor what is beside it: what waits, and that its loss is announced,
/// is kept elsewhere.
@Suite struct RuntimeDirectoryTests {
    private let start = Instant(milliseconds: 1_790_812_800_000)
    private let state = StateFolder(isDurable: false)
    private let runtime = StateFolder(isDurable: false)

    private func machine() throws -> Machine {
        try FileManager.default.createDirectory(atPath: runtime.path, withIntermediateDirectories: true)
        return try Machine(catalog, at: start, in: state, runtimeDirectory: runtime.path)
    }

    private func see(_ count: Int, _ machine: inout Machine) {
        for _ in 0..<count {
            machine.clock.pass(1000)
            machine.see("web", .up)
        }
    }

    private var paths: [String] { ["unrecorded-samples", "measurement-lost"].map { "\(state.path)/\($0)" } }

    /// Nothing can be written beside the ledger, from the next start on.
    private func closeDisk() {
        for path in paths {
            unlink(path)
            mkdir(path, 0o700)
        }
    }

    private func openDisk() { for path in paths { rmdir(path) } }

    @Test func aLossIsEndedAndNothingIsLostOverStopsOnADiskThatTakesNothing() throws {
        var machine = try machine()
        closeDisk()
        try machine.crash()
        machine.ledger.fail(.commit, .readOnlyDisk(path: "ledger"))
        see(3, &machine)
        machine.turn()
        #expect(machine.said == ["measurement_lost "])
        _ = machine.stop()
        let kept = "notice 3 samples are kept in \(runtime.path)/unrecorded-samples, for the next start"
        #expect(machine.log.lines.contains(kept))
        try machine.crash()
        see(2, &machine)
        machine.turn()
        _ = machine.stop()
        openDisk()
        machine.ledger.heal()
        for _ in 0..<2 {
            try machine.crash()
            for _ in 0..<4 { machine.turn() }
            #expect(machine.said == ["measurement_lost ", "measurement_restored "])
            #expect(try machine.ledger.ledger.sampleCount() == 5)
            #expect(SpillFiles(machine.places).isEmpty)
            #expect(MeasurementLossNote(machine.places).read() == nil)
        }
    }

    /// Which file is the older one is seen by what is in it.
    @Test func theOldestComesFirstOfWhicheverFile() throws {
        let machine = try machine()
        let observations = (1...3).map { observation("web", start + Int64($0) * 1000, .up) }
        closeDisk()
        #expect(SpillFiles(machine.places).add([observations[1]]) == 1)
        openDisk()
        let files = SpillFiles(machine.places)
        #expect(files.add([observations[0]]) == 1 && files.add([observations[2]]) == 1)
        #expect(files.filled == "\(state.path)/unrecorded-samples and \(runtime.path)/unrecorded-samples")
        var all: [Observation] = []
        while let frame = files.oldest() {
            all += frame.observations
            files.take(frame)
        }
        #expect(all == observations && files.isEmpty && files.filled.isEmpty)
    }

    /// A start that has to wait makes nothing beside a ledger that is not there, and is announced once.
    @Test func aStartThatWaitsIsAnnouncedOnce() throws {
        try FileManager.default.createDirectory(atPath: runtime.path, withIntermediateDirectories: true)
        let places = KeepingPlaces(stateDirectory: state.path, runtimeDirectory: runtime.path)
        let (sink, log) = (TestSink(), TestLog())
        for run in 0..<2 as Range<Int64> {
            var wait = DiskWait(
                LedgerError.readOnlyDisk(path: "ledger"), at: start + run * 1000, places: places, sink: sink,
                log: log.logger)
            wait.announce()
            #expect(
                wait.announced
                    == MeasurementLoss.ledger("ledger: read-only: Read-only file system (EROFS)").alert(at: start))
            #expect(wait.keep([observation("web", start + run, .up)]) == 1)
        }
        #expect(sink.written.count == 1)
        #expect(!FileManager.default.fileExists(atPath: state.path + "/measurement-lost"))
        #expect(SpillFiles(places).oldest()?.observations.count == 1)
    }

    @Test func itIsTheOneThatSystemdNames() {
        #expect(KeepingPlaces.runtimeDirectory(["RUNTIME_DIRECTORY": "/run/availd:/run/other"]) == "/run/availd")
        for none in [[:], ["RUNTIME_DIRECTORY": ""]] { #expect(KeepingPlaces.runtimeDirectory(none) == nil) }
    }
}
