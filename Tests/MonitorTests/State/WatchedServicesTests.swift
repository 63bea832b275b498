import Ledger
import LedgerSupport
import SLA
import Testing

@testable import Monitor
@testable import SLA
@testable import UseCases

@Suite struct WatchedServicesTests {
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
        var first = try WatchedServices(catalog, ledger: ledger, now: start)
        let outage = (0..<6).map { observation("web", start + Int64($0) * 1000, $0 < 3 ? .up : .down) }
        _ = first.append(outage)
        let actions = first.decide(["web"], now: start + 5000, exclusions: [])
        #expect(alerts(actions) == ["service_down web", "availability_below web"])
        let said = actions.compactMap { action -> Alert? in
            if case .alert(let alert) = action { return alert }
            return nil
        }
        try ledger.commit(Batch(observations: outage, alerts: said))

        var second = try WatchedServices(catalog, ledger: ledger, now: start + 6000)
        #expect(alerts(second.decide(["api", "web"], now: start + 6000, exclusions: [])).isEmpty)
        _ = second.append([observation("web", start + 7000, .up)])
        #expect(alerts(second.decide(["web"], now: start + 7000, exclusions: [])) == ["service_up web"])
        // What it has from the ledger is what it would have had without the restart.
        _ = first.append([observation("web", start + 7000, .up)])
        #expect(alerts(first.decide(["web"], now: start + 7000, exclusions: [])) == ["service_up web"])
    }

    @Test func whatAnImportBringsIsReadAgainFromTheLedger() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        var watches = try WatchedServices(catalog, ledger: ledger, now: start + 10_000)
        // Another program has recorded an outage of the past meanwhile.
        try ledger.commit(
            Batch(observations: (0..<4).map { observation("web", start + Int64($0) * 1000, $0 == 0 ? .up : .down) }))
        let web = CheckID(service: "web", check: "default")
        #expect(alerts(watches.decide(["web"], now: start + 4000, exclusions: [])).isEmpty)
        watches.readAgain([web: start, CheckID(service: "gone", check: "default"): start])
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
        var tried = try WatchedServices(catalog, ledger: ledger, now: start)
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
                if turn % 50 == 0 { _ = tried.decide(touched, now: now + 40 * 86_400_000, exclusions: []) }
                tried.revert()
            }
            let touched = tried.append(coming)
            #expect(straight.append(coming) == touched)
            let actions = tried.decide(touched, now: now, exclusions: [])
            #expect(straight.decide(touched, now: now, exclusions: []) == actions)
            #expect(tried.disordered == straight.disordered)
            tried.commit()
            straight.commit()
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
        var watches = try WatchedServices(catalog, ledger: ledger, now: start)
        let samples = (0..<50).map { observation("web", start + Int64($0) * 1000, $0 % 10 < 2 ? .down : .up) }
        _ = watches.append(samples)
        _ = watches.decide(["web"], now: start + 50_000, exclusions: [])
        watches.commit()
        try ledger.commit(Batch(observations: samples))
        var agreement = catalog.agreement
        agreement.excludedTime = .forgiven
        agreement.objective = ExactDecimal(50)
        let other = Catalog(agreement: agreement, customers: catalog.customers, services: catalog.services)
        var after = try WatchedServices(other, continuing: watches, ledger: ledger, now: start + 50_000)
        var fresh = try WatchedServices(other, ledger: ledger, now: start + 50_000)
        let found = after.figures(of: "web", at: start + 51_000, exclusions: [])
        #expect(found == fresh.figures(of: "web", at: start + 51_000, exclusions: []))
        #expect(found?.verdict == .met)
    }

    @Test func samplesOutOfOrderAreReadAgainFromTheLedger() throws {
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        var watches = try WatchedServices(catalog, ledger: ledger, now: start)
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
