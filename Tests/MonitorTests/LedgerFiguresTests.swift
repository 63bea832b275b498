import Ledger
import LedgerSupport
import Reporting
import SLA
import Testing

@testable import UseCases

@Suite struct LedgerFiguresTests {
    private let folder = StateFolder()

    /// Since when a service is measured is its first sample that tells anything, of any month, outside voids, as far as
    /// it was known.
    @Test func sinceWhenAServiceIsMeasured() throws {
        // 2026-10-01T00:00:00Z.
        let start = Instant(milliseconds: 1_790_812_800_000)
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        let states: [(Milliseconds, SampleState)] = [(0, .unknown), (1000, .down), (5000, .up), (9000, .up)]
        try ledger.commit(Batch(observations: states.map { observation("web", start + $0.0, $0.1) }))
        let taken = try #require(Interval(start, start + 2000))
        let void = Correction(
            kind: .void, scope: [.services(.service("web"))], interval: taken,
            reason: "our uplink", evidence: "ticket 7", recordedAt: start + 60_000, recordedBy: "lan")
        try ledger.record { _ in [.correction(void)] }
        func since(_ month: String, _ asOf: Instant) throws -> [String: Instant] {
            let month = try #require(CivilMonth(month))
            return try ledger.read { try $0.inputs(of: month, asOf: asOf, configured: catalog).measuredSince }
        }
        #expect(try since("2026-10", start + 500) == [:])
        #expect(try since("2026-10", start + 20_000) == ["web": start + 1000])
        #expect(try since("2026-10", start + 70_000) == ["web": start + 5000])
        let november = start + 31 * 86_400_000 + 1
        #expect(try since("2026-11", november) == ["web": start + 5000])
        let month = try #require(CivilMonth("2026-11"))
        let report = try ledger.read { try $0.report(of: month, asOf: november, configured: catalog) }
        #expect(report.figures.map(\.measuredSince) == [nil, start + 5000])
        #expect(report.figures.map(\.measured) == [0, 0])
        #expect(report.figures.map(\.measurable) == [1, 1])
    }

    /// The ledger in between changes no digit: an outage over the midnight of the 1st, read month by month.
    @Test func theLedgerGivesTheDigitsOfTheSamplesThemselves() throws {
        let midnight = Instant(milliseconds: 1_793_491_200_000)
        var state: UInt64 = 7
        var samples: [Sample] = []
        var at = midnight - 600_000
        while at < midnight + 600_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let found: SampleState = [.up, .up, .down, .down, .unknown][Int(state >> 40) % 5]
            samples.append(Sample(at: at, state: found))
            at = at + [500, 1000, 2999, 3000, 3001][Int(state >> 50) % 5]
        }
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        try ledger.commit(Batch(observations: samples.map { observation("web", $0.at, $0.state) }))
        for asOf in [midnight - 1, midnight, midnight + 1700, midnight + 700_000] {
            for name in ["2026-10", "2026-11"] {
                let month = try #require(CivilMonth(name))
                let kept = try ledger.read { try $0.report(of: month, asOf: asOf, configured: catalog) }
                let direct = MonthlyReport(
                    FigureInputs(month: month, asOf: asOf, catalog: catalog, exclusions: [])
                ) { service, inputs in
                    inputs.timeline(of: service) { check, _, timeline in
                        for sample in samples where check.service == "web" && sample.at <= asOf {
                            timeline.append(sample)
                        }
                    }
                }
                #expect(ReportCSV.text(kept) == ReportCSV.text(direct))
            }
        }
    }
}
