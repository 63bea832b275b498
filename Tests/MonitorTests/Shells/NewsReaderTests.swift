import Ledger
import SLA
import Testing

@testable import Monitor

/// Whatever others record, the monitor hears of: each of the ledger's versions has somebody who reads what moved it.
@Suite struct NewsReaderTests {
    private static let start = Instant(milliseconds: 1_790_812_800_000)
    private static let web = CheckID(service: "web", check: "default")
    private static let span = IntervalSet(Interval(start, start + 3_600_000)).intervals[0]

    /// The members of `LedgerVersions`.
    static let versions = members(LedgerVersions()).keys.sorted()

    /// For each of them, something that moves it.
    private static let facts: [String: Fact] = [
        "terms": .billedTerms(
            BilledTerms(service: "web", terms: [BilledTerm(interval: span)], recordedAt: start, recordedBy: "lan")),
        "imports": .imported(
            RecordedImport(
                number: 0,
                file: ImportedFile(
                    name: "f", size: 1, digest: "d", format: "availd",
                    series: [.init(source: "a", check: web, samples: 1, first: start, last: start)]),
                at: start, by: "lan", completedAt: start, outcome: ImportOutcome(recorded: 1))),
        "exclusions": .exclusion(.init(Exclusion(id: "", category: .thirdParty, scope: [.all], interval: span))),
        "corrections": .correction(
            Correction(kind: .void, scope: [.services(.all)], interval: span, reason: "x", recordedAt: start)),
        "passes": .passEnd(PassEnd(pass: 0, at: start, next: 1, recordedAt: start)),
        "maintenance": .maintenancePlan(
            MaintenancePlan(
                number: 0, kind: .scheduled, scope: [.all], recurrence: .once(span), reason: "x", plannedAt: start,
                plannedBy: "lan")),
        "incidents": .incidentEvent(
            RecordedIncidentEvent(
                incident: 1,
                event: IncidentEvent(
                    at: start, recordedAt: start, by: "lan",
                    .opened(
                        .hand, cause: .text("x"),
                        services: [AffectedService(service: "web", customer: "acme", downSince: start)])))),
    ]

    @Test(arguments: versions)
    func whatMovesAVersionIsRead(_ version: String) throws {
        let fact = try #require(Self.facts[version], "a version that is added needs a fact here, and a reader")
        let folder = StateFolder(isDurable: false)
        let ledger = try Ledger(directory: folder.path, access: .daemon)
        let now = TestClock(Self.start).now
        var reader = NewsReader(catalog, clock: { now }, isStopping: { false }, progress: { _ in })
        let state = MonitorState(catalog.agreement, MonitorHistory())
        _ = try reader.read(ledger, for: state, following: catalog)
        let nothing = Self.members(MonitorNews())
        #expect(Self.members(try reader.read(ledger, for: state).news) == nothing)

        let before = Self.members(try ledger.read { try $0.versions() })
        try ledger.record { _ in [fact] }
        let after = Self.members(try ledger.read { try $0.versions() })
        #expect(Self.versions.filter { before[$0] != after[$0] } == [version])
        let read = Self.members(try reader.read(ledger, for: state).news)
        #expect(read != nothing, "\(version) has moved, and nothing is read of it")
    }

    /// The members of `value`, each as it describes itself.
    private static func members(_ value: some Any) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: Mirror(reflecting: value).children.compactMap { child in
                child.label.map { ($0, "\(child.value)") }
            })
    }
}
