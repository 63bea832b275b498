import Ledger
import LedgerSupport
import SLA
import Testing
import Wording

@testable import Monitor
@testable import SLA
@testable import UseCases

/// What was said of the budget outlives the daemon: it is read back from the ledger.
@Suite struct BudgetRestartTests {
    private let folder = StateFolder()
    private let start = Instant(milliseconds: 1_790_812_800_000)

    /// As ``catalog``, but paid for 1000 s only, so that 10 s of downtime are allowed.
    private var briefCatalog: Catalog {
        Catalog(
            agreement: catalog.agreement, customers: catalog.customers,
            services: catalog.services.map { service in
                var brief = service
                brief.paid = IntervalSet(Interval(start, start + 1_000_000))
                return brief
            })
    }

    /// Feeds seconds `range` of an outage and keeps what follows; the alerts about the budget.
    private func live(_ range: Range<Int64>, ledger: Ledger) throws -> [String] {
        var watches = try WatchedServices(briefCatalog, ledger: ledger, now: start + range.lowerBound * 1000)
        var said: [String] = []
        for second in range {
            let now = start + second * 1000
            let seen = [observation("web", now, .down)]
            _ = watches.append(seen)
            let alerts = watches.decide(["web"], now: now, exclusions: []).compactMap { action -> Alert? in
                if case .alert(let alert) = action { return alert }
                return nil
            }
            try ledger.commit(Batch(observations: seen, alerts: alerts))
            said += alerts.filter { BudgetAlertLatch.events.contains($0.event) && $0.event != .budgetBurning }
                .map { "\(second) \($0.event.rawValue) \($0["threshold_percent"]?.english(in: .utc) ?? "")" }
        }
        return said
    }

    @Test func aRestartRepeatsNoThreshold() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        #expect(try live(0..<7, ledger: ledger) == ["5 budget_consumed 50"])
        #expect(try live(7..<9, ledger: ledger) == ["8 budget_consumed 75"])
        #expect(try live(9..<20, ledger: ledger) == ["9 budget_consumed 90", "11 commitment_lost "])
        #expect(try live(20..<25, ledger: ledger).isEmpty)
    }
}
