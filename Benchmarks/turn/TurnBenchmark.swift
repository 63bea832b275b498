import Foundation
import Ledger
import Logging
import Monitor
import Platform
import SLA

/// What a turn of the daemon costs where there is much to decide at once: the CPU time of the longest turn, of all of
/// them, and how long the last sample waited until it was durable.
@main
enum TurnBenchmark {
    static func main() throws {
        print("                                        turns   longest turn   all turns   last sample kept   (ms)")
        try refused("10,000 refused at once", 10_000, groups: [])
        try refused("4,000 of one group refused at once", 4000, groups: ["rack"])
        try plan(customers: 10_000)
        try reload(services: 10_000)
        try steady(services: 100_000)
        try exclusions(10_000, ExclusionDetails(), "exclusions")
        try exclusions(10_000, ExclusionDetails(act: .lock, breach: "4"), "locks that are over")
    }

    /// One more exclusion, and a lock, beside many: as the command line decides them, and with all at hand, as the import
    /// of a file does.
    private static func exclusions(_ count: Int, _ known: ExclusionDetails, _ name: String) throws {
        let ledger = try BenchDaemon(Catalogs.services(1, groups: [])).ledger
        let at = Instant(milliseconds: 1_790_812_800_000)
        func exclusion(_ end: Instant) -> Exclusion? {
            Interval(at, end).map {
                Exclusion(
                    id: "", category: .suspension, scope: [.service("s0")], interval: $0, evidence: "ticket",
                    recordedAt: at, recordedBy: "lan")
            }
        }
        guard let other = exclusion(at + 1), let lock = exclusion(Exclusion.openEnd) else { return }
        let details = ExclusionDetails(act: .lock, breach: "4")
        let entry = ExclusionAmendment.Entry(other, details: known)
        _ = try ledger.record { snapshot in
            try ExclusionRegister(ExclusionList(snapshot.exclusions())).facts(
                of: ExclusionAmendment(recording: Array(repeating: entry, count: count)))
        }
        /// The quickest of ten, each undone, in µs from taking the write lock to giving it up.
        func time(_ decide: (LedgerSnapshot) throws -> [Fact]) throws -> UInt64 {
            struct Undone: Error {}
            var quickest = UInt64.max
            for _ in 0..<10 {
                let began = SystemClock.computedByThread()
                do {
                    _ = try ledger.record { snapshot in
                        _ = try decide(snapshot)
                        throw Undone()
                    }
                } catch is Undone {}
                quickest = min(quickest, (SystemClock.computedByThread() - began) / 1000)
            }
            return quickest
        }
        let one = ExclusionAmendment(recording: [entry])
        let asked = try time { try ExclusionRegister($0).facts(of: one) }
        let all = try time { try ExclusionRegister(ExclusionList($0.exclusions())).facts(of: one) }
        print("one more exclusion beside \(count) \(name): \(asked) µs; with all of them at hand \(all) µs")
        let locked = try time { snapshot in
            let register = ExclusionRegister(snapshot)
            return try register.facts(of: register.suspending(lock, details: details, at: at))
        }
        print("a lock beside \(count) \(name): \(locked) µs")
    }

    /// Every service is down in the same moment, twice in a row.
    private static func refused(_ name: String, _ count: Int, groups: Set<String>) throws {
        var daemon = try BenchDaemon(Catalogs.services(count, groups: groups))
        for state in [SampleState.up, .up, .down, .down] {
            daemon.pass(10_000)
            if state == .up { daemon.seeAll(state) } else { daemon.seeAll(state, cause: .connection(.refused)) }
            let cost = daemon.turns()
            if state == .down { report(name + ", \(daemon.lines)", cost) }
        }
    }

    /// A plan whose scope is `all` is recorded, and notice of it for each customer.
    private static func plan(customers: Int) throws {
        let catalog = Catalogs.services(customers, groups: [])
        var daemon = try BenchDaemon(catalog)
        daemon.pass(10_000)
        daemon.seeAll(.up)
        _ = daemon.turns()
        let from = daemon.now.wall + 30 * 3_600_000
        guard let window = Interval(from, from + 7_200_000) else { return }
        let at = daemon.now.wall
        let plan = MaintenancePlan(
            number: 0, kind: .scheduled, scope: [.all], recurrence: .once(window), reason: "disks", plannedAt: at,
            plannedBy: "lan")
        try daemon.ledger.record { _ in [.maintenancePlan(plan)] }
        report("a plan for 10,000 customers", daemon.turns())
        try daemon.ledger.record { _ in
            catalog.customers.map { customer in
                .noticeDelivery(
                    NoticeDelivery(
                        subject: .plan(1), customer: customer.id, channel: .email, at: at, recordedAt: at, by: "lan",
                        answer: ""))
            }
        }
        report("notice given to each of them", daemon.turns())
        daemon.pass(31 * 3_600_000)
        daemon.seeAll(.down, cause: .connection(.refused))
        daemon.pass(10_000)
        daemon.seeAll(.down, cause: .connection(.refused))
        report("the window: all of them down", daemon.turns())
        daemon.pass(10_000)
        report("a turn inside it", daemon.turns())
        daemon.pass(2 * 3_600_000)
        report("its end: they become faults", daemon.turns())
    }

    /// The agreement changes, after a month in which every service was down at times.
    private static func reload(services: Int) throws {
        let catalog = Catalogs.services(services, groups: [])
        var daemon = try BenchDaemon(catalog)
        for round in 0..<60 {
            daemon.pass(10_000)
            daemon.seeAll(round % 6 < 2 ? .down : .up)
            _ = daemon.turns()
        }
        var agreement = catalog.agreement
        agreement.excludedTime = .forgiven
        agreement.objective = ExactDecimal(50)
        let other = Catalog(agreement: agreement, customers: catalog.customers, services: catalog.services)
        let began = SystemClock.computedByThread()
        try daemon.follow(other)
        let reload = Int64(SystemClock.computedByThread() - began) / 1_000_000
        daemon.pass(500)
        report("a reload of another agreement (\(reload) ms)", daemon.turns())
    }

    /// 28 probes a second of 100,000 services at an hour, for two minutes.
    private static func steady(services: Int) throws {
        let catalog = Catalogs.services(services, groups: [], interval: 3_600_000)
        var daemon = try BenchDaemon(catalog)
        daemon.pass(1000)
        daemon.seeAll(.up)
        _ = daemon.turns()
        var all = BenchDaemon.Cost()
        for turn in 0..<240 {
            daemon.pass(500)
            for service in 0..<14 { daemon.see(catalog.services[(14 * turn + service) % services].id, .up) }
            all.add(daemon.turns())
        }
        report("100,000 at 1 h, 28 a second, 2 min", all)
        print("  a core's share: \(all.all / 1200).\(all.all % 1200 / 120) %")
    }

    private static func report(_ name: String, _ cost: BenchDaemon.Cost) {
        func pad(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        print(
            name + pad("\(cost.turns)", 45 - min(44, name.count)) + pad("\(cost.longest)", 15) + pad("\(cost.all)", 12)
                + pad("\(cost.waited)", 19))
    }
}
