import Foundation
import SLA
import Testing

@testable import UseCases

@Suite struct ReportsDueTests {
    private let folder = StateFolder()
    /// 2026-11-01T00:00:00Z.
    private let november = Instant(milliseconds: 1_793_491_200_000)

    private func due(at now: Instant, first: Instant?, written: [String] = []) throws -> [String] {
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        for month in written { try Data().write(to: URL(fileURLWithPath: "\(folder.path)/\(month).csv")) }
        return ReportsDue(catalog: catalog, directory: folder.path).months(at: now) { first }.map(\.description)
    }

    @Test func aMonthIsDueWhenItHasSettled() throws {
        // Stale after 3 s, and two failures a second apart to confirm: 5 s.
        #expect(try due(at: november + 4999, first: november - 1).isEmpty)
        #expect(try due(at: november + 5000, first: november - 1) == ["2026-10"])
    }

    @Test func everyMonthSinceTheFirstSampleIsMadeUpFor() throws {
        let september = november - 40 * 86_400_000
        #expect(try due(at: november + 86_400_000, first: september) == ["2026-09", "2026-10"])
        #expect(try due(at: november + 86_400_000, first: september, written: ["2026-09"]) == ["2026-10"])
    }

    @Test func aMonthWithoutSamplesBeforeItIsNotReported() throws {
        #expect(try due(at: november + 86_400_000, first: nil).isEmpty)
        #expect(try due(at: november + 86_400_000, first: november).isEmpty)
        #expect(try due(at: november + 86_400_000, first: november - 1, written: ["2026-10"]).isEmpty)
    }
}
