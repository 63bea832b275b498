import Foundation
import GRDB
import SLA
import Testing

@testable import Ledger

/// Ledgers as earlier versions left them (`Migrations/make.py`), opened with this one: all that they hold is there.
@Suite struct MigrationTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Migrations")

    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func place(_ version: SchemaVersion) throws {
        let file = Self.folder.appending(path: version.name + ".sqlite")
        try FileManager.default.copyItem(at: file, to: URL(filePath: directory.ledger))
    }

    /// The versions that were once the latest: imports came together with the details of exclusions.
    static let released = SchemaVersion.all.filter { $0.name != SchemaVersion.imports.name }

    @Test func everyVersionHasAFile() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(
            Set(files.filter { $0.hasSuffix(".sqlite") }) == Set(Self.released.map { $0.name + ".sqlite" }))
    }

    @Test(arguments: released)
    func whatAnEarlierVersionWroteIsAllThere(version: SchemaVersion) throws {
        try place(version)
        let queue = try DatabaseQueue(path: directory.ledger)
        let before = try queue.read(Self.rows)
        try queue.close()
        let isLatest = version.name == SchemaVersion.all.last?.name
        if !isLatest {
            #expect(
                failure(LedgerError.self) { try Ledger(directory: directory.path, access: .reader) }
                    == .olderSchema(path: directory.ledger))
        }
        let daemon = try Ledger(directory: directory.path, access: .daemon)
        let after = try daemon.database.read(Self.rows)
        for (table, rows) in before {
            // A later version may have added columns, behind those that were there.
            let kept = try #require(after[table]).map { Array($0.prefix(rows.first?.count ?? $0.count)) }
            #expect(kept == rows, "\(table)")
        }
        let tables = SchemaVersion.all.prefix(through: version).flatMap(\.factTables)
        #expect(Set(before.keys) == Set(tables))
        try daemon.read { snapshot in
            #expect(try snapshot.checkIntegrity().isEmpty)
            #expect(try snapshot.triggerProblems().problems.isEmpty)
            let facts = try MigratedFacts(snapshot)
            let expected = try MigratedFacts.expected(of: Set(tables))
            #expect(facts.lines == expected.lines)
        }
        try daemon.close()
    }

    /// A migrated ledger and a new one differ in nothing but their rows.
    @Test(arguments: released)
    func theSchemaIsThatOfANewLedger(version: SchemaVersion) throws {
        try place(version)
        let migrated = try Ledger(directory: directory.path, access: .daemon)
        let other = try TemporaryDirectory()
        let new = try Ledger(directory: other.path, access: .daemon)
        #expect(try migrated.database.read(Self.schema) == new.database.read(Self.schema))
    }

    /// Facts go on behind those that were there.
    @Test(arguments: released)
    func aMigratedLedgerTakesMore(version: SchemaVersion) throws {
        try place(version)
        let ledger = try Ledger(directory: directory.path, access: .daemon)
        let exclusion = try exclusion("")
        let recorded = try ledger.record { snapshot in
            try ExclusionRegister(snapshot)
                .facts(of: ExclusionAmendment(recording: [.init(exclusion)]))
        }
        #expect(recorded.identifiers == ["E3"])
        let again = try ledger.record { _ in [.observations([observation(2000, .down), observation(5000)])] }
        #expect(again.samples.repeated == 1 && again.samples.recorded == 1)
    }

    private static func rows(_ db: Database) throws -> [String: [[DatabaseValue]]] {
        let names = try String.fetchAll(
            db,
            sql: """
                SELECT name FROM sqlite_schema
                WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
                """)
        return try Dictionary(
            uniqueKeysWithValues: names.map { name in
                (name, try Row.fetchAll(db, sql: "SELECT * FROM \(name)").map { Array($0.databaseValues) })
            })
    }

    private static func schema(_ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT name || ': ' || coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name
                """)
    }
}

extension [SchemaVersion] {
    /// Those up to `version`.
    fileprivate func prefix(through version: SchemaVersion) -> [SchemaVersion] {
        Array(prefix((firstIndex { $0.name == version.name } ?? count) + 1))
    }
}

extension SchemaVersion: CustomTestStringConvertible {
    /// Its name.
    public var testDescription: String { name }
}
