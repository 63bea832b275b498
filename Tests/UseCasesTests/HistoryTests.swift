import Foundation
import Intake
import Interchange
import Ledger
import Reporting
import SLA
import Testing
import UseCases

@Suite struct HistoryTests {
    private let world: World

    init() throws { world = try World() }

    private func work(_ rows: [String]) throws -> HistoryImport {
        let path = world.folder + "/samples.csv"
        try (["at,service,state"] + rows).map { $0 + "\n" }.joined().write(
            toFile: path, atomically: true, encoding: .utf8)
        let file = try HistoryFile(path: path)
        return try HistoryImport(
            try file.history(catalog: world.catalog), from: file, in: world.catalog.agreement.calendar.zone,
            at: world.now)
    }

    private func take(_ work: HistoryImport, in recording: Recording? = nil) async throws -> ImportOutcome {
        let imported = try await (recording ?? world.recording()).importHistory(work, clock: { world.now })
        return try #require(imported.outcome)
    }

    @Test func samplesAreTakenOnce() async throws {
        let work = try work(["2026-10-05T09:00:00+07:00,acme-web,down", "2026-10-05T09:01:00+07:00,acme-web,up"])
        let preview = try world.ledger.read { try work.preview(in: $0, keepExisting: false) }
        #expect(preview.isNews && preview.text.contains("acme-web/default"))
        #expect(try await take(work) == ImportOutcome(recorded: 2))
        #expect(try !world.ledger.read { try work.preview(in: $0, keepExisting: false) }.isNews)
        #expect(try await take(work) == ImportOutcome(repeated: 2))
        let imports = try world.ledger.read { try $0.imports() }
        #expect(imports.map(\.outcome) == [ImportOutcome(recorded: 2), ImportOutcome(repeated: 2)])
        #expect(imports[0].file == work.file && imports[0].by == "lan")
    }

    /// Whoever imports the same at the same time writes no sample twice.
    @Test func ofTwoWhoImportAtOnceEachSampleIsTakenOnce() async throws {
        let work = try work((0..<600).map { "\(1_790_787_600_000 + $0 * 60_000),acme-web,up" })
        let outcomes = try await withThrowingTaskGroup(of: RecordedImport.self) { group in
            for _ in 0..<2 {
                group.addTask { [world] in
                    let other = try Ledger(directory: world.folder, access: .recorder)
                    defer { try? other.close() }
                    return try await world.recording(in: other).importHistory(work, clock: { world.now })
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.reduce(0) { $0 + ($1.outcome?.recorded ?? 0) } == 600)
        #expect(try world.ledger.read { try $0.sampleCount() } == 600)
    }

    @Test func everySampleOfTheFutureIsNamed() throws {
        let refusal = #expect(throws: Diagnostics.self) {
            try work(["2999-01-01T00:00:00Z,acme-web,up", "2999-01-02T00:00:00Z,beta-shop,up"])
        }
        #expect(refusal?.all.count == 2)
    }

    /// What the ledger cannot hold is named, and nothing is taken.
    @Test func whatSeveralVantagePointsSawIsRefused() throws {
        let path = world.folder + "/samples.csv"
        try """
        at,service,state,vantage,derived
        2026-10-05T09:00:00+07:00,acme-web,up,hanoi,
        2026-10-05T09:00:00+07:00,beta-shop,up,,true
        """.write(toFile: path, atomically: true, encoding: .utf8)
        let file = try HistoryFile(path: path)
        let history = try file.history(catalog: world.catalog)
        let refusal = #expect(throws: Diagnostics.self) {
            try HistoryImport(history, from: file, in: world.catalog.agreement.calendar.zone, at: world.now)
        }
        #expect(refusal?.all.map(\.field) == ["vantage", "derived"])
        #expect(refusal?.all.map(\.line) == [2, 3])
    }

    /// What is read of vantage points is written again.
    @Test func rulesKeepTheirVantagePoints() throws {
        func read(_ text: String) throws -> [RuleChange] {
            try Array(text.utf8).withUnsafeBytes { try RulesFile.changes($0, file: "r.csv", catalog: world.catalog) }
        }
        let changes = try read(
            """
            service,check,known_at,by,customer,vantages,quorum
            acme-web,default,1790812800000,mai,acme,hanoi hue saigon,
            acme-web,default,1790812900000,mai,acme,hanoi hue saigon,3
            """)
        let document = RulesDocument(changes, asOf: world.now, in: .utc)
        #expect(try read(document.csv) == changes)
        #expect(document.text.contains("from hanoi hue saigon, down from 3"))
    }

    @Test func everyContradictionIsNamedUnlessTheLedgerIsKept() async throws {
        _ = try await take(work(["2026-10-05T09:00:00+07:00,acme-web,down"]))
        let other = try work(["2026-10-05T09:00:00+07:00,acme-web,up", "2026-10-05T09:01:00+07:00,acme-web,up"])
        let refusal = try world.refusal(Diagnostics.self) {
            try world.ledger.read { try other.preview(in: $0, keepExisting: false) }
        }
        #expect(
            refusal?.all.map(\.message) == [
                "acme-web/default at 2026-10-05T09:00:00+07:00: up, but the ledger has down; --keep-existing takes "
                    + "the rest"
            ])
        #expect(try world.ledger.read { try other.preview(in: $0, keepExisting: true) }.isNews)
        #expect(try await take(other) == ImportOutcome(recorded: 1, kept: 1))
    }
}
