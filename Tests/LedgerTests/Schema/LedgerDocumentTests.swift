import Foundation
import GRDB
import Testing

@testable import Ledger

/// `docs/format/ledger.md` names every table and every column as they are, and nothing else.
@Suite struct LedgerDocumentTests {
    /// A column as the document's tables have it.
    private struct Documented: Hashable {
        let name: String
        let type: String
    }

    private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/format/ledger.md")

    /// The columns of each `### table`, in the page's order; every row says what its column is.
    private func documented() throws -> [String: [Documented]] {
        var (tables, table): ([String: [Documented]], String?) = ([:], nil)
        for line in try String(contentsOf: Self.page, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("#") {
                table = line.firstMatch(of: /^### `(\w+)`$/).map { String($0.1) }
                if let table {
                    #expect(tables[table] == nil, "\(table) is there twice")
                    tables[table] = []
                }
            } else if let row = line.firstMatch(of: /^\| `(\w+)` \| ([A-Z ]+) \| (.*) \|$/), let table {
                #expect(!row.3.isEmpty, "\(table).\(row.1)")
                tables[table]?.append(Documented(name: String(row.1), type: String(row.2)))
            }
        }
        return tables
    }

    @Test func thePageIsTheSchema() throws {
        let directory = try TemporaryDirectory()
        let ledger = try Ledger(directory: directory.path, access: .daemon)
        let tables = try ledger.database.read { db in
            let names = try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM sqlite_schema
                    WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
                    """)
            return try Dictionary(
                uniqueKeysWithValues: names.map { name in
                    let columns = try Row.fetchAll(db, sql: "PRAGMA table_info(\(name))").map { row in
                        let isRequired: Bool = row["notnull"]
                        return Documented(name: row["name"], type: row["type"] + (isRequired ? " NOT NULL" : ""))
                    }
                    return (name, columns)
                })
        }
        let documented = try documented()
        #expect(Set(documented.keys) == Set(tables.keys))
        for (table, columns) in tables { #expect(documented[table] == columns, "\(table)") }
    }

    @Test func thePageNamesEveryVersion() throws {
        let page = try String(contentsOf: Self.page, encoding: .utf8).split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        let start = page.firstRange(of: "in order: ")
        let list = try #require(start, "the page lists no versions")
        let named = page[list.upperBound...].prefix { $0 != "." }.components(separatedBy: ", ")
        let versions = SchemaVersion.all.map { "`\($0.name)`" }
        #expect(versions.filter { !named.contains($0) } == [], "not on the page")
        #expect(named.filter { !versions.contains($0) } == [], "on the page, and none")
        #expect(named == versions, "not in order")
    }
}
