import SLA
import SLAOracle
import Testing

@testable import SLA

/// Thousands of random histories of a monitor: outages, late samples, clock steps, exclusions, maintenance, people who
/// handle incidents, blindness of the monitor's own, commits that fail, crashes before and after a commit.
@Suite struct MonitorHistoriesTests {
    /// 2026-10-01T00:00:00Z.
    private static let start = Instant(milliseconds: 1_790_812_800_000)

    /// Three services of two customers, two of them in a group, one with two checks; a budget of minutes.
    private static let catalog: Catalog = {
        func service(
            _ id: String, _ customer: String, groups: Set<String>, checks: [String], days: Int64 = 20
        ) -> Service {
            Service(
                id: id, customer: customer, groups: groups,
                paid: IntervalSet(Interval(start, start + days * 86_400_000)),
                checks: checks.map { id in
                    Check(
                        id: id, interval: 60_000, timeout: 10_000, retryInterval: 10_000, confirm: 2,
                        staleAfter: 180_000,
                        probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
                })
        }
        return Catalog(
            agreement: Agreement(calendar: CivilCalendar(zone: .utc)),
            customers: [Customer(id: "acme"), Customer(id: "bora")],
            services: [
                service("api", "acme", groups: ["rack"], checks: ["http", "tcp"]),
                service("web", "acme", groups: [], checks: ["http"]),
                service("mail", "bora", groups: ["rack"], checks: ["tcp"], days: 1),
            ])
    }()

    /// Small histories, as what is wrong shows in a few steps where it shows at all, and of every kind.
    @Test(arguments: 0..<10)
    func everyHistoryKeepsItsPromises(block: UInt64) async throws {
        var events: Set<AlertEvent> = []
        var (reverts, restarts, quicker, voids) = (0, 0, 0, 0)
        for seed in 0..<200 as Range<UInt64> {
            await Task.yield()
            let odds = MonitorWorld.Odds.all[Int(seed) % MonitorWorld.Odds.all.count]
            var world = try MonitorWorld(Self.catalog, seed: 1000 * block + seed, start: Self.start, odds)
            for _ in 0..<10 { try world.step() }
            try world.heal()
            let faults = try world.brokenPromises()
            #expect(faults.isEmpty, "block \(block), seed \(seed)")
            events.formUnion(world.ledger.alerts.map(\.event))
            reverts += world.reverts
            restarts += world.restarts
            quicker += world.quicker
            voids += world.ledger.corrections.count { $0.revocation == nil }
        }
        // They are not of nothing: every kind of fact and of trouble is among them.
        #expect(
            events.isSuperset(of: [
                .serviceDown, .serviceUp, .availabilityBelow, .availabilityRestored, .measurementLost,
                .measurementRestored, .exclusionNotAdmitted, .handlingDue, .handlingOverdue, .maintenanceBegins,
                .maintenanceEnds, .budgetConsumed, .budgetBurning, .commitmentLost,
            ]), "\(events)")
        #expect(
            reverts > 100 && restarts > 100 && quicker > 10 && voids > 40, "\(reverts) \(restarts) \(quicker) \(voids)")
    }
}
