import Foundation
import Ledger
import LedgerSupport
import Logging
import Reporting
import SLA
import Testing

@testable import Monitor
@testable import UseCases

/// A folder of its own for each test, gone with it.
final class StateFolder {
    let path: String

    /// - Parameter isDurable: whether it must be on a disk; memory is quicker for what is not about durability.
    init(isDurable: Bool = true) {
        let memory = URL(fileURLWithPath: "/dev/shm")
        let isInMemory = !isDurable && FileManager.default.isWritableFile(atPath: memory.path)
        path =
            (isInMemory ? memory : FileManager.default.temporaryDirectory)
            .appending(path: "availd-monitor-\(UUID())").path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Two services in UTC, a second a sample, stale after 3 s, two failures confirm.
let catalog: Catalog = {
    let services = ["api", "web"].map { id in
        Service(
            id: id, customer: "acme", paid: IntervalSet(Interval(.distantPast, .distantFuture)),
            checks: [
                Check(
                    interval: 1000, timeout: 1000, retryInterval: 1000, confirm: 2, staleAfter: 3000,
                    probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
            ])
    }
    return Catalog(
        agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [Customer(id: "acme")],
        services: services)
}()

func observation(_ service: String, _ at: Instant, _ state: SampleState) -> Observation {
    Observation(check: CheckID(service: service, check: "default"), sample: Sample(at: at, state: state))
}

@Suite struct WatchSetTests {
    private let folder = StateFolder()
    private let start = Instant(milliseconds: 1_790_812_800_000)

    private func alerts(_ actions: [ServiceWatch.Action]) -> [String] {
        actions.compactMap { action in
            if case .alert(let alert) = action { return "\(alert.event.rawValue) \(alert.subject)" }
            return nil
        }
    }

    @Test func aRestartGoesOnWhereTheLedgerIs() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        var first = try WatchSet(catalog, ledger: ledger, now: start)
        let outage = (0..<6).map { observation("web", start + Int64($0) * 1000, $0 < 3 ? .up : .down) }
        _ = first.append(outage)
        let actions = first.decide(["web"], now: start + 5000, exclusions: [])
        #expect(alerts(actions) == ["service_down web", "availability_below web"])
        let said = actions.compactMap { action -> Alert? in
            if case .alert(let alert) = action { return alert }
            return nil
        }
        try ledger.commit(Batch(observations: outage, alerts: said))

        var second = try WatchSet(catalog, ledger: ledger, now: start + 6000)
        #expect(alerts(second.decide(["api", "web"], now: start + 6000, exclusions: [])).isEmpty)
        _ = second.append([observation("web", start + 7000, .up)])
        #expect(alerts(second.decide(["web"], now: start + 7000, exclusions: [])) == ["service_up web"])
        // What it has from the ledger is what it would have had without the restart.
        _ = first.append([observation("web", start + 7000, .up)])
        #expect(alerts(first.decide(["web"], now: start + 7000, exclusions: [])) == ["service_up web"])
    }

    @Test func whatAnImportBringsIsReadAgainFromTheLedger() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        var watches = try WatchSet(catalog, ledger: ledger, now: start + 10_000)
        // Another program has recorded an outage of the past meanwhile.
        try ledger.commit(
            Batch(observations: (0..<4).map { observation("web", start + Int64($0) * 1000, $0 == 0 ? .up : .down) }))
        let web = CheckID(service: "web", check: "default")
        #expect(alerts(watches.decide(["web"], now: start + 4000, exclusions: [])).isEmpty)
        watches.readAgain([web, CheckID(service: "gone", check: "default")])
        #expect(watches.disordered == [web])
        try watches.reorder(from: ledger, now: start + 4000)
        #expect(
            alerts(watches.decide(["web"], now: start + 4000, exclusions: [])) == [
                "service_down web", "availability_below web",
            ])
    }

    /// A turn that could not be committed leaves nothing behind, whatever it had decided: the next one decides the same.
    @Test func whatCameToNothingIsTakenBack() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        var tried = try WatchSet(catalog, ledger: ledger, now: start)
        var straight = tried
        var state: UInt64 = 11
        var now = start
        for turn in 0..<300 {
            var coming: [Observation] = []
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                now = now + [400, 1000, 1600, 4000][Int(state >> 50) % 4]
                let found: SampleState = [.up, .down, .down, .unknown][Int(state >> 40) % 4]
                // Now and then one is late.
                coming.append(observation("web", Int(state >> 30) % 20 == 0 ? now - 1700 : now, found))
            }
            for _ in 0..<(turn % 3) {
                let touched = tried.append(coming)
                _ = tried.decide(touched, now: now, exclusions: [])
                if turn % 50 == 0 { tried.forget(before: now + 40 * 86_400_000) }
                tried.takeBack()
            }
            let touched = tried.append(coming)
            #expect(straight.append(coming) == touched)
            let actions = tried.decide(touched, now: now, exclusions: [])
            #expect(straight.decide(touched, now: now, exclusions: []) == actions)
            #expect(tried.disordered == straight.disordered)
            tried.keep()
            straight.keep()
            try ledger.commit(Batch(observations: coming))
            try tried.reorder(from: ledger, now: now)
            try straight.reorder(from: ledger, now: now)
        }
        #expect(
            tried.figures(of: "web", at: now, exclusions: [])?.tally
                == straight.figures(of: "web", at: now, exclusions: [])?.tally)
    }

    /// Another objective, the same samples: nothing is read again, and the figures are those of a daemon that has
    /// just begun.
    @Test func anotherAgreementTakesOverWhatIsKnown() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        var watches = try WatchSet(catalog, ledger: ledger, now: start)
        let samples = (0..<50).map { observation("web", start + Int64($0) * 1000, $0 % 10 < 2 ? .down : .up) }
        _ = watches.append(samples)
        _ = watches.decide(["web"], now: start + 50_000, exclusions: [])
        watches.keep()
        try ledger.commit(Batch(observations: samples))
        var agreement = catalog.agreement
        agreement.excludedTime = .forgiven
        agreement.objective = ExactDecimal(50)
        let other = Catalog(agreement: agreement, customers: catalog.customers, services: catalog.services)
        var after = try WatchSet(other, continuing: watches, ledger: ledger, now: start + 50_000)
        var fresh = try WatchSet(other, ledger: ledger, now: start + 50_000)
        let found = after.figures(of: "web", at: start + 51_000, exclusions: [])
        #expect(found == fresh.figures(of: "web", at: start + 51_000, exclusions: []))
        #expect(found?.verdict == .met)
    }

    @Test func samplesOutOfOrderAreReadAgainFromTheLedger() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        var watches = try WatchSet(catalog, ledger: ledger, now: start)
        let late = [
            observation("web", start + 4000, .down), observation("web", start, .up),
            observation("web", start + 5000, .down),
        ]
        #expect(watches.append(late) == ["web"])
        #expect(watches.disordered.isEmpty)
        // The clock stepped back: this one belongs between those above.
        let earlier = [observation("web", start + 2000, .up)]
        #expect(watches.append(earlier).isEmpty)
        #expect(watches.disordered == [CheckID(service: "web", check: "default")])
        try ledger.commit(Batch(observations: late + earlier))
        try watches.reorder(from: ledger, now: start + 5000)
        #expect(watches.disordered.isEmpty)
        #expect(alerts(watches.decide(["web"], now: start + 5000, exclusions: [])).first == "service_down web")
    }
}

@Suite struct PendingObservationsTests {
    @Test func theOldestGoWhenThereIsNoRoomAndTheLossIsCounted() {
        let pending = PendingObservations(capacity: 10)
        for second in 0..<12 { pending.add(observation("web", Instant(milliseconds: Int64(second)), .up)) }
        #expect(pending.takeDropped() == 2)
        #expect(pending.takeDropped() == 0)
        let taken = pending.take()
        #expect(taken.map(\.sample.at.milliseconds) == Array(2..<12))
        pending.add(observation("web", Instant(milliseconds: 12), .up))
        pending.putBack(taken)
        #expect(pending.take().map(\.sample.at.milliseconds) == Array(3..<13))
        #expect(pending.takeDropped() == 1)
    }
}

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
                ) { service in
                    ServiceTimeline(of: service) { check, timeline in
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
