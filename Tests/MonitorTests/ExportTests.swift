import Configuration
import Foundation
import Ledger
import LedgerSupport
import Reporting
import SLAOracle
import Testing

@testable import SLA
@testable import UseCases

/// The report of a ledger is the replay of its export, byte for byte.
@Suite struct ExportTests {
    static let scenarios = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "SLATests/Scenarios")

    @Test func everyScenarioIsReplayedFromItsExport() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.scenarios.path)
            .filter { $0.hasSuffix(".txt") }.sorted()
        #expect(names.count > 100)
        for name in names {
            let text = try String(contentsOf: Self.scenarios.appending(path: name), encoding: .utf8)
            let world = try Scenario(text).world
            // What the ledger cannot hold, nobody exports.
            if world.isRecordable { try expectReplayed(world, name) }
        }
    }

    @Test func randomWorldsAreReplayedFromTheirExport() throws {
        var random = RandomWorld(generator: SplitMix64(seed: 11), shape: .seconds)
        for number in 1...150 {
            let world = random.next()
            // A configuration promises something, and its services have checks.
            let isWatched = world.rules.allSatisfy { $0.checks.contains { $0 != nil } }
            if world.objective != "0", isWatched { try expectReplayed(world, "world \(number)") }
        }
    }

    private func expectReplayed(_ world: World, _ name: String) throws {
        let folder = StateFolder(isDurable: false)
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        defer { try? ledger.close() }
        let configured = try #require(world.configured)
        try ledger.record { _ in world.facts }
        // An export is of a month.
        guard let month = CivilMonth(world.month.text) else { return }
        let asOf = Instant(milliseconds: world.asOf)
        let last = [world.rules.last?.from, world.promises.last?.from].compactMap { $0 }.max()
        let now = max(asOf, last.map(Instant.init) ?? asOf)
        let path = folder.path + "/export"
        let report = try ledger.read { snapshot in
            _ = try EvidenceExport(month: month, asOf: asOf).write(
                from: snapshot, into: OutputFolder(path: path), configured: configured, now: now)
            return ReportDocument(
                try snapshot.report(snapshot.inputs(of: month, asOf: asOf, configured: configured, now: now)))
        }
        // The zone is a table of the test's own; all else comes from the files.
        let written = try Configuration.load(path: path + "/availd.yaml", secrets: .ignored, environment: [:]).catalog
        var agreement = written.agreement
        agreement.calendar = configured.agreement.calendar
        if world.promises.isEmpty { #expect(agreement == configured.agreement) }
        var files = EvidenceFiles(samples: path + "/samples.csv")
        files.rules = path + "/rules.csv"
        files.agreements = path + "/agreements.csv"
        files.terms = path + "/terms.csv"
        files.exclusions = [path + "/exclusions.csv"]
        files.voids = [path + "/voids.csv"]
        files.settlements = path + "/settlements.csv"
        let evidence = try Evidence(
            files, catalog: Catalog(agreement: agreement, customers: written.customers, services: written.services))
        let replayed = try evidence.report(ReportRequest(of: .month(month)), asOf: asOf)
        for format in DocumentFormat.allCases {
            let (ours, theirs) = (report.shown(as: format), replayed.shown(as: format))
            if ours != theirs { Issue.record("\(name), \(format):\n\(ours)\n\(theirs)\n\(world)") }
        }
    }
}

extension World {
    /// What the configuration says at last: the zone's name is one that a machine knows.
    fileprivate var configured: Catalog? {
        agreement.map { promised in
            let service = recorded(steps.last)
            var agreement = promised
            agreement.past = nil
            return Catalog(agreement: agreement, customers: [Customer(id: service.customer)], services: [service])
        }
    }

    private var steps: [MeasuringRules.Step] { service.past?.steps ?? [] }

    /// The service as `step` has it.
    private func recorded(_ step: MeasuringRules.Step?) -> Service {
        var own = service
        (own.past, own.prices) = (nil, [])
        if let step {
            (own.customer, own.groups, own.mode, own.checks) = (step.customer, step.groups, step.mode, step.checks)
        }
        for index in own.checks.indices {
            // An interval to which the coverage fits.
            own.checks[index].interval = own.checks[index].staleAfter / 2
            own.checks[index].timeout = 1
            own.checks[index].probe = probe
        }
        return own
    }

    /// What a ledger is told of all that.
    fileprivate var facts: [Fact] {
        let beginning = Instant(
            milliseconds: min(monthStart, checks.flatMap(\.samples).map(\.at.milliseconds).min() ?? 0) - 1)
        var facts: [Fact] = (agreement?.past?.records ?? []).map { record in
            .agreement(
                AgreementRecord(
                    agreement: record.agreement, recordedAt: max(beginning, record.recordedAt),
                    recordedBy: record.recordedBy))
        }
        if !prices.isEmpty {
            facts.append(
                .billedTerms(
                    BilledTerms(
                        service: "web", terms: prices.map { BilledTerm(interval: $0.interval, price: $0.price) },
                        recordedAt: beginning, recordedBy: "billing")))
        }
        for step in steps.isEmpty ? [nil] : steps.map(Optional.some) {
            let at = step.map { max(beginning, $0.from) } ?? beginning
            facts.append(
                .service(
                    ServiceRecord(
                        id: "web", service: recorded(step).withoutProbes, recordedAt: at, recordedBy: "daemon")))
        }
        facts.append(
            .observations(
                checks.enumerated().flatMap { index, watch in
                    watch.samples.map {
                        Observation(check: CheckID(service: "web", check: "check\(index)"), sample: $0)
                    }
                }))
        facts += passEnds.map(Fact.passEnd)
        facts += exclusions.map { .exclusion(.init($0, details: ExclusionDetails())) }
        facts += corrections.map(Fact.correction)
        if let month = CivilMonth(month.text), let negotiated {
            facts.append(
                .negotiation(
                    Negotiation(
                        month: month, service: "web", amount: negotiated, reason: "letter of the customer",
                        recordedAt: Instant(milliseconds: asOf), recordedBy: "lan")))
        }
        return facts
    }
}
