import SLA
import Testing

@testable import Ledger

/// Voids, downtimes and passes of the wall clock as the ledger keeps them.
@Suite struct CorrectionTests {
    private let directory: TemporaryDirectory
    private let ledger: Ledger

    init() throws {
        directory = try TemporaryDirectory()
        ledger = try Ledger(directory: directory.path, access: .daemon)
    }

    private func void(_ id: String = "", _ scope: CorrectionTerm...) throws -> Correction {
        Correction(
            kind: .void, id: id, scope: scope, interval: try span(10, 20), reason: "the cable", recordedAt: t(21),
            recordedBy: Correction.daemon)
    }

    @Test func whatIsRecordedIsReadAgain() throws {
        let drafts = [
            try void("", .family(.ipv6), .check(web)), try void("", .services(.all), .vantage("hanoi")),
            Correction(
                kind: .downtime, scope: [.services(.customer("acme"))],
                interval: try #require(Interval(t(5), Correction.openEnd)), reason: "mở", evidence: "mail",
                recordedBy: "lan"),
        ]
        let recorded = try ledger.record { _ in drafts.map(Fact.correction) }
        #expect(recorded.identifiers == ["V1", "V2", "D1"])
        let revocation = Correction.Revocation(at: t(30), by: "an", reason: "it was the target")
        try ledger.record { _ in [.correctionRevocation(id: "V2", revocation)] }
        var expected = recorded.corrections
        expected[1].revocation = revocation
        let read = try ledger.read { try $0.corrections() }
        #expect(read == expected)
        #expect(throws: CorrectionError.unknown(id: "V9", kind: .void)) {
            try ledger.record { _ in [.correctionRevocation(id: "V9", revocation)] }
        }
    }

    @Test func theVersionGrowsWithEachFact() throws {
        var versions = [try ledger.read { try $0.correctionsVersion() }]
        try ledger.record { _ in [.correction(try void("", .services(.all)))] }
        versions.append(try ledger.read { try $0.correctionsVersion() })
        try ledger.record { _ in [.correctionRevocation(id: "V1", Correction.Revocation(at: t(30)))] }
        versions.append(try ledger.read { try $0.correctionsVersion() })
        #expect(versions == [0, 1, 2])
    }

    /// One instant of the wall in two passes is two samples; in one pass it is one.
    @Test func passesAreApart() throws {
        func seen(_ at: Int64, _ state: SampleState, _ pass: Pass, _ family: IPFamily?) -> Observation {
            Observation(check: web, sample: Sample(at: t(at), state: state, pass: pass, family: family))
        }
        let first = [seen(1, .up, 0, .ipv4), seen(5, .down, 0, .ipv6)]
        let second = [seen(5, .up, 1, nil), seen(6, .up, 1, .ipv4)]
        let result = try ledger.record { _ in [.observations(first), .observations(second + [seen(5, .up, 0, nil)])] }
        #expect(result.samples.recorded == 4 && result.samples.conflicts.count == 1)
        var read: [Sample] = []
        let all = try span(0, 10)
        try ledger.samples(of: web, covering: all, asOf: t(100)) { read.append($0) }
        #expect(read == (first + second).map(\.sample))
        try ledger.read { snapshot in
            let all = try snapshot.observations(of: web, in: span(0, 10))
            #expect(all == first + second)
            #expect(try snapshot.observations(of: web, in: span(5, 10), limit: 2).map(\.sample.pass) == [0, 1])
            #expect(try snapshot.lastObservation(of: web, asOf: t(100)) == second[1])
            #expect(try Array(snapshot.samples(of: web, pass: 1, from: t(0), through: t(5))) == [read[2]])
            #expect(try snapshot.nextPass() == 2)
        }
    }

    @Test func thePassThatBeganLastIsTheDaemons() throws {
        let first = try ledger.read { try $0.currentPass() }
        #expect(first == 0)
        try ledger.record { _ in
            [
                .passEnd(PassEnd(pass: 0, at: t(50), next: 3, recordedAt: t(40))),
                .passEnd(PassEnd(pass: 7, check: web, at: nil, recordedAt: t(41))),
            ]
        }
        try ledger.read { snapshot in
            let (current, next) = (try snapshot.currentPass(), try snapshot.nextPass())
            #expect(current == 3 && next == 8)
            #expect(try snapshot.passesVersion() == 2)
            #expect(try snapshot.passEnds().map(\.at) == [t(50), nil])
        }
    }

    /// What no void takes bounds what is read: a success inside one ends no run.
    @Test func voidsMoveTheEdges() throws {
        let samples = [(1, SampleState.up), (2, .down), (3, .up), (4, .down), (6, .up), (7, .down), (8, .up)]
        try ledger.record { _ in [.observations(samples.map { observation(Int64($0), $1) })] }
        let corrections = ServiceCorrections(
            [
                Correction(
                    kind: .void, id: "V1", scope: [.services(.all)], interval: try span(3, 4), reason: "",
                    recordedBy: Correction.daemon),
                Correction(
                    kind: .void, id: "V2", scope: [.services(.all)], interval: try span(6, 7), reason: "",
                    recordedBy: Correction.daemon),
            ],
            of: Service(id: "web", customer: "acme", paid: .empty, checks: [Check(probe: .unrecorded)]), asOf: t(100))
        var read: [Int64] = []
        try ledger.read { snapshot in
            try snapshot.samples(
                of: web, covering: span(4, 5), asOf: t(100),
                in: SeriesRules(CheckRules(always: Check(probe: .unrecorded)), voids: corrections["default"])
            ) {
                read.append($0.at.milliseconds)
            }
        }
        #expect(read == [1, 2, 3, 4, 6, 7, 8])
    }
}
