import Ledger
import LedgerSupport
import Reporting
import SLA
import Testing

@testable import UseCases

@Suite struct LedgerFiguresTests {
    private let folder = StateFolder()

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
