import Foundation
import LedgerSupport
import SLA
import Testing

@testable import Ledger

@Suite struct ImportTests {
    private let web = CheckID(service: "web", check: "default")

    private func sample(_ at: Int64, _ state: SampleState) -> Sample {
        Sample(at: Instant(milliseconds: at), state: state)
    }

    private func file(_ digest: String, _ source: String = "a") -> ImportedFile {
        ImportedFile(
            name: "f", size: 3, digest: digest, format: "availd",
            series: [
                .init(
                    source: source, check: web, samples: 2, first: Instant(milliseconds: 1),
                    last: Instant(milliseconds: 2))
            ])
    }

    /// The comparison is what a look-up of each sample gives.
    @Test func aComparisonAgreesWithLookingUpEach() throws {
        let folder = try TemporaryDirectory()
        let ledger = try Ledger(directory: folder.path, access: .recorder)
        var state: UInt64 = 3
        func next(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        var known: [Int64: SampleState] = [:]
        for _ in 0..<80 { known[Int64(next(200))] = SampleState(rawValue: UInt8(next(3))) }
        try ledger.commit(
            Batch(observations: known.map { Observation(check: web, sample: sample($0.key, $0.value)) }))
        for _ in 0..<50 {
            var samples: [Int64: SampleState] = [:]
            for _ in 0..<next(60) { samples[Int64(next(220))] = SampleState(rawValue: UInt8(next(3))) }
            let sorted = samples.sorted { $0.key < $1.key }
            let found = try ledger.read {
                try $0.compare(sorted.map { sample($0.key, $0.value) }, of: web)
            }
            #expect(found.new == sorted.count { known[$0.key] == nil })
            #expect(found.repeated == sorted.count { known[$0.key] == $0.value })
            #expect(
                found.conflicts.map(\.at.milliseconds)
                    == sorted.filter { known[$0.key] != nil && known[$0.key] != $0.value }.map(\.key))
        }
        let other = try ledger.read { try $0.compare([sample(1, .up)], of: CheckID(service: "x", check: "y")) }
        #expect(other.new == 1)
    }

    @Test func anInterruptedImportGoesOnUnderItsNumber() throws {
        let folder = try TemporaryDirectory()
        let ledger = try Ledger(directory: folder.path, access: .recorder)
        let now = Instant(milliseconds: 1000)
        let first = try ledger.beginImport(file("d"), at: now, by: "lan")
        #expect(try ledger.imports().first?.completedAt == nil)
        #expect(try ledger.importsVersion() == 0)
        #expect(try ledger.beginImport(file("d"), at: now + 1, by: "lan") == first)
        #expect(try ledger.beginImport(file("d", "b"), at: now + 1, by: "lan") != first)
        #expect(try ledger.beginImport(file("e"), at: now + 1, by: "lan") != first)
        let outcome = ImportOutcome(recorded: 2, dropped: [.init(reason: "why", count: 3)])
        try ledger.finishImport(first, outcome, at: now + 2)
        #expect(try ledger.imports().first?.outcome == outcome)
        #expect(try ledger.importsVersion() == 1)
        #expect(try ledger.read { try $0.importedChecks(since: 0).keys.sorted() } == [web])
        #expect(try ledger.read { try $0.importedChecks(since: 1) }.isEmpty)
        // Finished, the same file is another import.
        #expect(try ledger.beginImport(file("d"), at: now + 3, by: "lan") != first)
    }

    @Test func anAmendmentIsAllOrNothing() throws {
        let folder = try TemporaryDirectory()
        let ledger = try Ledger(directory: folder.path, access: .recorder)
        let interval = try #require(Interval(Instant(milliseconds: 0), Exclusion.openEnd))
        let lock = Exclusion(
            id: "", category: .suspension, scope: [.service("web")], interval: interval, evidence: "letter",
            recordedAt: Instant(milliseconds: 5))
        let details = ExclusionDetails(
            kind: .fire, act: .lock, breach: "spam", outage: .init(service: "web", start: Instant(milliseconds: 3)),
            origin: "file")
        let ids = try ledger.amend(ExclusionAmendment(recording: [.init(lock, details: details), .init(lock)]))
        #expect(ids.map(\.id) == ["E1", "E2"])
        #expect(try ledger.exclusions().map(\.details) == [details, ExclusionDetails()])
        let revocation = ExclusionAmendment.Revocation(
            id: "E1", at: Instant(milliseconds: 9), by: "lan", reason: "unlocked")
        var taken = lock
        taken.id = "E2"
        #expect(throws: ExclusionError.self) {
            try ledger.amend(ExclusionAmendment(revoking: [revocation], recording: [.init(taken)]))
        }
        #expect(try ledger.exclusions().allSatisfy { $0.exclusion.revokedAt == nil })
    }
}
