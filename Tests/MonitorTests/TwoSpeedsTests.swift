import Foundation
import Ledger
import LedgerSupport
import Reporting
import SLA
import SLAOracle
import Testing

@testable import Monitor
@testable import SLA
@testable import UseCases

/// One implementation, two speeds, with the ledger in between: a report of memory, a report of a real ledger, and the
/// daemon that follows the samples as they come all have the same digits.
@Suite struct TwoSpeedsTests {
    private static let scenarios = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "SLATests/Scenarios")

    @Test func everyScenario() async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.scenarios.path)
            .filter { $0.hasSuffix(".txt") }.sorted()
        #expect(names.count > 30)
        var generator = SplitMix64(seed: 1)
        for name in names {
            await Task.yield()
            let text = try String(contentsOf: Self.scenarios.appending(path: name), encoding: .utf8)
            let world = try Scenario(text).world
            if world.isRecordable { #expect(try Self.agree(world, &generator), "\(name)") }
        }
    }

    @Test(arguments: [(RandomWorld.Shape.milliseconds, 40), (.seconds, 15), (.halfHours, 4)])
    func randomWorlds(shape: RandomWorld.Shape, worlds: Int) async throws {
        var random = RandomWorld(generator: SplitMix64(seed: 20_261_121), shape: shape)
        for number in 1...worlds {
            await Task.yield()
            let world = random.next()
            #expect(try Self.agree(world, &random.generator), "world \(number): \(world)")
        }
    }

    /// Since when the service is measured, by the samples themselves.
    private static func measuredSince(_ world: World) -> [String: Instant] {
        let (service, asOf) = (world.service, Instant(milliseconds: world.asOf))
        let corrections = ServiceCorrections(world.corrections, of: service, asOf: asOf)
        let instants = world.checks.enumerated().flatMap { index, watch -> [Instant] in
            let check = "check\(index)"
            let rules = SeriesRules(service.rules.rules(of: check), voids: corrections[check])
            return watch.samples.filter { $0.state != .unknown && $0.at <= asOf && !rules.leavesOut($0) }.map(\.at)
        }
        return instants.min().map { [service.id: $0] } ?? [:]
    }

    /// Whether all three roads end at the same figures.
    private static func agree(_ world: World, _ generator: inout SplitMix64) throws -> Bool {
        let agreement = try #require(world.agreement)
        let asOf = Instant(milliseconds: world.asOf)
        let catalog = Catalog(
            agreement: agreement, customers: [Customer(id: "acme")], services: [world.service])
        let reported = try #require(world.reported)
        let inputs = FigureInputs(
            of: reported, asOf: asOf, catalog: catalog,
            exclusions: world.exclusions.compactMap { $0.known(asOf: asOf) },
            corrections: world.corrections.known(asOf: asOf), passEnds: world.passEnds,
            measuredSince: measuredSince(world))
        let ofMemory = MonthlyReport(inputs) { world.timeline(of: $0, by: $1) }

        let folder = StateFolder(isDurable: false)
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        for exclusion in world.exclusions { try ledger.record(exclusion) }
        try ledger.record { _ in world.corrections.map(Fact.correction) + world.passEnds.map(Fact.passEnd) }
        var watches = try WatchedServices(catalog, ledger: ledger, now: .distantPast)
        try live(world, &watches, ledger, &generator)
        let ofLedger = try ledger.read { try $0.report($0.inputs(of: reported, asOf: asOf, configured: catalog)) }
        guard ofLedger == ofMemory, ReportDocument(ofLedger).json.text == ReportDocument(ofMemory).json.text else {
            Issue.record("the ledger's report differs: \(ReportCSV.text(ofLedger)) \(ReportCSV.text(ofMemory))")
            return false
        }
        // The daemon speaks of the month that its clock shows, which may be over in the report.
        guard agreement.calendar.month(containing: asOf) == reported.month else { return true }
        var restarted = try WatchedServices(catalog, ledger: ledger, now: asOf)
        try bring(&watches, to: asOf, world, ledger)
        try bring(&restarted, to: asOf, world, ledger)
        let expected = ofMemory.figures[0]
        for found in [
            watches.figures(of: "web", at: asOf, exclusions: ExclusionIndex(world.exclusions)),
            restarted.figures(of: "web", at: asOf, exclusions: ExclusionIndex(world.exclusions)),
        ] {
            guard let found, Figures(found) == Figures(expected) else {
                Issue.record("the daemon's figures differ: \(String(describing: found))")
                return false
            }
        }
        return true
    }

    /// Looks at the service at `now`, and reads again what is to be read for that.
    private static func bring(
        _ watches: inout WatchedServices, to now: Instant, _ world: World, _ ledger: Ledger
    ) throws {
        let corrections = CorrectionIndex(world.corrections, ends: world.passEnds, at: now, version: 1_000_000)
        for _ in 0..<2 {
            _ = watches.decide(
                ["web"], now: now, exclusions: ExclusionIndex(world.exclusions), corrections: corrections)
            if !watches.disordered.isEmpty { try watches.reorder(from: ledger, now: now) }
        }
    }

    /// The samples up to `as_of`, a few at a time, some of them late, as the recorder does it.
    private static func live(
        _ world: World, _ watches: inout WatchedServices, _ ledger: Ledger, _ generator: inout SplitMix64
    ) throws {
        var coming = world.checks.enumerated()
            .flatMap { index, watch in
                watch.samples.map {
                    Observation(check: CheckID(service: "web", check: "check\(index)"), sample: $0)
                }
            }
            .filter { $0.sample.at.milliseconds <= world.asOf }
            .sorted { ($0.sample.pass, $0.sample.at) < ($1.sample.pass, $1.sample.at) }
        if coming.count > 3, generator.once(in: 2) {
            let late = Int(generator.number(0...Int64(coming.count - 3)))
            coming.swapAt(late, late + 2)
        }
        let size = max(1, coming.count / 6)
        var version = 0
        while !coming.isEmpty {
            let batch = Array(coming.prefix(size))
            coming.removeFirst(batch.count)
            _ = watches.append(batch)
            let now = batch.map(\.sample.at).max() ?? .distantPast
            version += 1
            _ = watches.decide(
                ["web"], now: now, exclusions: ExclusionIndex(world.exclusions),
                corrections: CorrectionIndex(
                    world.corrections, ends: world.passEnds, at: now, version: version))
            try ledger.commit(Batch(observations: batch))
            if !watches.disordered.isEmpty { try watches.reorder(from: ledger, now: now) }
        }
    }

    /// What the figures of a month and a month to date both have.
    private struct Figures: Equatable {
        let tally: Tally
        let shares: [Ratio?]
        let verdict: Verdict
        let certainty: Certainty?

        init(_ month: MonthToDate) {
            tally = month.tally
            shares = [month.availability, month.availabilityMin, month.availabilityMax]
            verdict = month.verdict
            certainty = month.certainty
        }

        init(_ figures: MonthFigures) {
            tally = Tally(figures.partition)
            shares = [figures.availability, figures.availabilityMin, figures.availabilityMax]
            verdict = figures.verdict
            certainty = figures.certainty
        }
    }
}
