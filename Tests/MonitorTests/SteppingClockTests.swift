import Ledger
import LedgerSupport
import Reporting
import SLA
import SLAOracle
import Testing

@testable import Monitor
@testable import SLA
@testable import UseCases

/// A clock that steps back and forth: samples overlap earlier ones, meet them at the very same instant, and come from
/// what the clock will only show later. The figures are those of the samples in order, the first of two states kept.
@Suite struct SteppingClockTests {
    private static let start = Instant(milliseconds: 1_790_812_800_000)

    /// What a machine whose clock steps has sampled, a batch for each turn of the recorder.
    private struct Machine {
        var generator: SplitMix64
        var clock = SteppingClockTests.start + 120_000
        /// The first state at each instant.
        var kept: [Instant: SampleState] = [:]
        var conflicts = 0

        mutating func turn() -> [Observation] {
            if generator.once(in: 3) {
                // Whole seconds, so that instants meet.
                clock = max(SteppingClockTests.start, clock + generator.number(-60...60) * 1000)
            }
            var batch: [Observation] = []
            for _ in 0...generator.number(0...4) {
                sample(&batch)
                if generator.once(in: 5) { sample(&batch) }
                clock = clock + generator.number(1...4) * 1000
            }
            return batch
        }

        private mutating func sample(_ batch: inout [Observation]) {
            let state: SampleState = generator.once(in: 6) ? .unknown : generator.once(in: 2) ? .down : .up
            batch.append(observation("web", clock, state))
            if kept[clock, default: state] != state { conflicts += 1 }
            kept[clock] = kept[clock] ?? state
        }
    }

    @Test(arguments: [false, true])
    func theFiguresAreThoseOfTheSortedSamples(restarts: Bool) throws {
        var conflicts = 0
        for seed in 1...25 as ClosedRange<UInt64> {
            var machine = Machine(generator: SplitMix64(seed: seed))
            let folder = StateFolder(isDurable: false)
            let ledger = try Ledger(directory: folder.path, access: .daemon)
            var watches = try WatchedServices(catalog, ledger: ledger, now: machine.clock)
            var reported = 0
            for _ in 0..<30 {
                let batch = machine.turn()
                _ = watches.append(batch)
                _ = watches.decide(["web"], now: machine.clock, exclusions: [])
                reported += try ledger.commit(Batch(observations: batch)).conflicts.count
                if !watches.disordered.isEmpty { try watches.reorder(from: ledger, now: machine.clock) }
                if restarts, machine.generator.once(in: 4) {
                    watches = try WatchedServices(catalog, ledger: ledger, now: machine.clock)
                }
            }
            #expect(reported == machine.conflicts)
            conflicts += reported

            let asOf = (machine.kept.keys.max() ?? Self.start) + 1500
            let month = try #require(CivilMonth("2026-10"))
            let inputs = FigureInputs(
                month: month, asOf: asOf, catalog: catalog, exclusions: [])
            let samples = machine.kept.map { Sample(at: $0.key, state: $0.value) }.sorted { $0.at < $1.at }
            let sorted = MonthlyReport(inputs) { service, inputs in
                inputs.timeline(of: service) { check, _, timeline in
                    for sample in samples where check.service == "web" { timeline.append(sample) }
                }
            }
            let ofLedger = try ledger.read { try $0.report(of: month, asOf: asOf, configured: catalog) }
            #expect(ReportCSV.text(ofLedger) == ReportCSV.text(sorted), "seed \(seed)")
            let figures = watches.figures(of: "web", at: asOf, exclusions: [])
            let live = try #require(figures)
            let expected = try #require(sorted.figures.last)
            #expect(live.tally == Tally(expected.partition), "seed \(seed)")
            #expect(live.availabilityMin == expected.availabilityMin, "seed \(seed)")
            #expect(live.availabilityMax == expected.availabilityMax, "seed \(seed)")
        }
        #expect(conflicts > 100, "the same instant twice is what this is about")
    }
}
