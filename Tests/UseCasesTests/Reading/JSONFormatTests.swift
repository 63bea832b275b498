import Foundation
import Reporting
import SLA
import Testing
import UseCases

/// Every document for programs has the members that `docs/format/json.md` lists, and no other.
@Suite struct JSONFormatTests {
    private static func format() throws -> JSONFormat {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return try JSONFormat(contentsOf: folder.appending(path: "docs/format/json.md"))
    }

    /// All documents there are, one of each schema at the least.
    private static func documents() throws -> [any Document] {
        let world = try ReadingWorld()
        let statement = try statement()
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
            ClosingDocument(statement, isWritten: true), ProbeDocument([probe], isOfService: true),
        ]
    }

    /// An amendment in which a row changed.
    private static func statement() throws -> ClosedStatement {
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
                reason: "late", program: "0", csv: [], inputs: "", series: [],
                digests: StatementDigests(
                    csv: "a", inputs: "b", agreement: "c", terms: "d", exclusions: "e", negotiations: "f", samples: "g"),
                changes: changes, ledgerState: ""),
            number: try #require(StatementNumber("2026-10/2")), previousSeal: "", seal: "h")
    }

    @Test func everySchemaHasTheMembersThatAreListed() throws {
        let format = try Self.format()
        var schemas: Set<String> = []
        for document in try Self.documents() {
            let schema = document.json.schema
            schemas.insert(schema)
            let value = try JSONSerialization.jsonObject(with: Data(document.json.text.utf8))
            let object = try #require(value as? [String: Any])
            #expect(object["schema"] as? String == schema)
            let listed = try format.members(of: schema)
            var found = Found()
            found.look(at: object, "")
            let allowed = Set(listed.flatMap { $0.isInstant ? [$0.path, $0.path + "_ms"] : [$0.path] } + ["schema"])
            #expect(found.members.subtracting(allowed).sorted() == [], "\(schema) has members that are not listed")
            let missing = listed.filter { member in
                !member.isConditional && found.objects.contains(Self.parent(of: member.path))
                    && !found.members.isSuperset(
                        of: member.isInstant ? [member.path, member.path + "_ms"] : [member.path])
            }
            #expect(missing.map(\.path) == [], "\(schema) lacks members that are listed")
        }
        #expect(schemas == format.schemas)
    }

    /// Where `path` lies: what comes before its last name.
    private static func parent(of path: String) -> String {
        path.lastIndex(of: ".").map { String(path[..<$0]) } ?? ""
    }

    /// The members of a document, and the objects in it, by their paths.
    private struct Found {
        var members: Set<String> = []
        var objects: Set<String> = []

        mutating func look(at value: Any, _ path: String) {
            if let object = value as? [String: Any] {
                objects.insert(path)
                for (name, value) in object {
                    let inner = path.isEmpty ? name : path + "." + name
                    members.insert(inner)
                    look(at: value, inner)
                }
            } else if let list = value as? [Any] {
                for value in list { look(at: value, path + "[]") }
            }
        }
    }
}
