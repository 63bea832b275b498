import DocumentSupport
import Foundation
import Reporting
import SLA
import Testing
import UseCases

/// Every document for programs has the members that `docs/format/json.md` lists, and no other.
@Suite struct JSONFormatTests {
    /// All documents there are, one of each schema at the least.
    private static func documents() throws -> [any Document] {
        let world = try ReadingWorld()
        let statement = try statement(of: world.catalog)
        var verification = Verification(path: "ledger.sqlite", isQuick: true)
        verification.damage("ledger", "a trigger is missing")
        verification.statements = [
            .init(number: statement.number, checks: 1, samples: 2, exclusions: 3, isRecomputed: true)
        ]
        let probe = ProbeDocument.Probe(
            url: "https://acme.example/",
            observation: Observation(
                check: CheckID(service: "acme-web", check: Check.defaultID),
                sample: Sample(at: try world.asOf(), state: .up), phases: ProbePhases(name: 1, total: 1_500_000)),
            status: 200, redirects: [("http://acme.example/", 301)], certificate: ("acme.example", try world.asOf()))
        return try ReadingTests.documents(world).map(\.document) + [
            verification, StatementDocument(statement), StatementList([statement]),
            ClosingDocument(statement, isWritten: true),
            ProbeDocument(
                [probe], references: [probe], isOfService: true, zone: world.catalog.agreement.calendar.zone),
        ]
    }

    /// An amendment in which a row changed.
    private static func statement(of catalog: Catalog) throws -> ClosedStatement {
        let at = try ReadingWorld.at("2026-11-02T00:00")
        let month = try #require(CivilMonth("2026-10"))
        let changes = StatementChanges(
            rows: [
                RowChange(
                    service: "acme-web", kind: .changed, cells: [.init(column: "down_s", before: "1", after: "2")],
                    facts: [0])
            ],
            facts: [FactChange(kind: .samples, subject: "acme-web/default", text: "1 is new", services: ["acme-web"])])
        return ClosedStatement(
            ClosedStatement.Draft(
                month: month, amends: StatementNumber("2026-10/1"), closedAt: at, asOf: at, closedBy: "lan",
                reason: "late", program: "0", csv: [],
                inputs: InputDocument(FigureInputs(month: month, asOf: at, catalog: catalog, exclusions: [])).text,
                series: [],
                digests: StatementDigests(
                    csv: "a", inputs: "b", agreement: "c", terms: "d", exclusions: "e", negotiations: "f", samples: "g"),
                changes: changes, ledgerState: ""),
            number: try #require(StatementNumber("2026-10/2")), previousSeal: "", seal: "h")
    }

    /// Each has what is listed and nothing else, and keeps the rules of all of them.
    @Test func everySchemaHasTheMembersThatAreListed() async throws {
        let format = try JSONFormat()
        let receipts = try await Receipts(World()).all().map { $0.receipt as any Document }
        var schemas: Set<String> = []
        for document in try Self.documents() + receipts {
            schemas.insert(document.json.schema)
            let value = try JSONSerialization.jsonObject(with: Data(document.json.text.utf8))
            let object = try #require(value as? [String: Any])
            #expect(object["schema"] as? String == document.json.schema)
            #expect(try format.disagreements(with: object) == [])
            #expect(JSONRules(object, offset: "+07:00").mistakes == [])
        }
        #expect(schemas.subtracting(format.schemas).sorted() == [], "not described")
        #expect(format.schemas.subtracting(schemas).sorted() == [], "described, and none is here")
    }

    /// No schema is made anywhere that is not described.
    @Test func everySchemaOfTheSourcesIsDescribed() throws {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let sources = folder.appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var schemas: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /JSONObject\(\s*"([a-z_]+)"/) { schemas.insert("availd/\(match.1)/1") }
        }
        let described = try JSONFormat().schemas
        #expect(schemas.subtracting(described).sorted() == [], "not described")
        #expect(described.subtracting(schemas).sorted() == [], "described, and none")
    }
}
