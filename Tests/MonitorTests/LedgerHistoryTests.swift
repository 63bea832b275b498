import Ledger
import LedgerSupport
import SLA
import Testing
import Wording

@testable import SLA
@testable import UseCases

/// From the ledger's history and the configuration to what a month is counted by.
@Suite struct LedgerHistoryTests {
    private let folder = StateFolder()
    private let month = CivilMonth(of: CivilDate(daysSinceEpoch: 20_727))
    private var start: Instant { catalog.agreement.calendar.interval(of: month).start }

    private func without(_ id: String) -> Catalog {
        Catalog(
            agreement: catalog.agreement, customers: [], services: catalog.services.filter { $0.id != id })
    }

    private func record(_ catalog: Catalog, at: Instant, in ledger: Ledger) throws {
        try ledger.commit(Batch(catalog: CatalogRecord(catalog, at: at, by: "daemon")))
    }

    @Test func anEmptyLedgerLeavesEverythingToTheConfiguration() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        for asOf in [start + 5000, start + 10_000_000] {
            let inputs = try ledger.read {
                try $0.inputs(of: month, asOf: asOf, configured: catalog, now: start + 10_000_000)
            }
            #expect(inputs == FigureInputs(month: month, asOf: asOf, catalog: catalog, exclusions: []))
        }
    }

    /// `web` is gone after 20 s; the ledger heard of it 30 s after.
    @Test func aServiceThatHasGoneHasItsRowAndIsNotWatched() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        try record(catalog, at: start, in: ledger)
        try record(without("web"), at: start + 20_000, in: ledger)
        let now = start + 500_000
        try ledger.commit(
            Batch(observations: (0..<10).map { observation("web", start + $0 * 1000, $0 < 5 ? .up : .down) }))
        let report = try ledger.read {
            try $0.report($0.inputs(of: month, asOf: now, configured: without("web"), now: now))
        }
        #expect(report.figures.map(\.service.id) == ["api", "web"])
        let web = try #require(report.figures.last)
        #expect(web.partition.committed.length == 20_000)
        #expect(web.partition.down.length == 8000 - 1000)
        #expect(web.service.customer == "acme")
        let watched = try ledger.read { try $0.watched(without("web"), now: now) }
        #expect(watched.services.map(\.id) == ["api"])
    }

    @Test func whatIsWatchedIsPaidForAsTheReportSays() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        try record(catalog, at: start, in: ledger)
        let half = try #require(Interval(start, start + 50_000))
        _ = try ledger.record(
            PaidWithdrawal(
                id: "", service: "web", interval: half, reason: "never paid", recordedAt: start + 100_000,
                recordedBy: "lan"),
            CatalogRecord(catalog, at: start + 100_000, by: "lan", ofNewServicesOnly: true))
        let now = start + 200_000
        let (inputs, watched) = try ledger.read {
            (
                try $0.inputs(of: month, asOf: now, configured: catalog, now: now),
                try $0.watched(catalog, now: now)
            )
        }
        #expect(inputs.catalog == watched)
        #expect(watched.service("web")?.paid.contains(start) == false)
        #expect(
            watched.paidTimeLost(since: catalog).map(\.english) == [
                "web: no longer paid for: from 2026-10-01T00:00:00Z to 2026-10-01T00:00:50Z"
            ])
        #expect(catalog.paidTimeLost(since: watched).isEmpty)
    }

    /// `web` was maintained, and is gone since: the list still has what its month's report admits.
    @Test func theListOfExclusionsHasMaintenanceOfServicesThatHaveGone() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        try record(catalog, at: start, in: ledger)
        let now = start + 40 * 86_400_000
        try record(without("web"), at: now, in: ledger)
        _ = try ledger.record(
            MaintenancePlan(
                number: 0, kind: .scheduled, scope: [.service("web")],
                recurrence: .once(try #require(Interval(start + 1000, start + 2000))), reason: "disks",
                plannedAt: start, plannedBy: "lan"))
        let (inputs, listed) = try ledger.read {
            (
                try $0.inputs(of: month, asOf: now, configured: without("web"), now: now),
                try $0.knownExclusions(asOf: now, configured: without("web"), now: now)
            )
        }
        #expect(inputs.exclusions.map(\.id) == ["M1.2026-10-01.acme"])
        #expect(listed.map(\.exclusion) == inputs.exclusions)
    }

    /// As of an instant before it was revoked, an exclusion stands with all that is known of it.
    @Test func whatIsRevokedLaterKeepsItsDetails() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        let details = ExclusionDetails(kind: .flood)
        let flood = Exclusion(
            id: "E1", category: .forceMajeure, scope: [.all],
            interval: try #require(Interval(start + 1000, start + 2000)), evidence: "report", recordedAt: start,
            recordedBy: "lan")
        _ = try ledger.amend(ExclusionAmendment(recording: [ExclusionAmendment.Entry(flood, details: details)]))
        try ledger.revoke(id: "E1", at: start + 10_000, by: "mai", reason: "another house")
        let before = try ledger.read {
            try $0.knownExclusions(asOf: start + 5000, configured: catalog, now: start + 20_000)
        }
        #expect(before == [RecordedExclusion(exclusion: flood, details: details)])
    }

    @Test func whatIsNegotiatedIsAmongTheInputs() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        let negotiation = Negotiation(
            month: month, service: "web", amount: ExactDecimal(5), reason: "letter", recordedAt: start,
            recordedBy: "lan")
        try ledger.record(negotiation)
        let inputs = try ledger.read { try $0.inputs(of: month, asOf: start, configured: catalog, now: start) }
        #expect(inputs.settlements.negotiations == [negotiation])
    }
}
