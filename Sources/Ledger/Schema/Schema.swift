import GRDB

/// The tables, and what tells a ledger from other SQLite files.
///
/// Facts are only ever added: a trigger refuses every UPDATE and DELETE. Instants are ms since the epoch, UTC.
/// Each version of the schema is a migration, named for good; only the daemon migrates.
enum Schema {
    /// `PRAGMA application_id` of every ledger: "AVLD".
    static let applicationID: Int32 = 0x4156_4C44

    /// Every version, the oldest first.
    private static let versions: [SchemaVersion] = [
        .v1, .terms, .incidents, .imports, .exclusionDetails, .statements, .maintenance,
    ]

    /// Every table of facts.
    static var factTables: [String] { versions.flatMap(\.factTables) }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for version in versions {
            migrator.registerMigration(version.name) { db in
                try db.execute(sql: version.tables)
                for table in version.factTables {
                    try db.execute(sql: refusal(of: "UPDATE", on: table))
                    try db.execute(sql: refusal(of: "DELETE", on: table))
                }
                try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            }
        }
        return migrator
    }

    /// A trigger that refuses `operation` on every row of `table`.
    static func refusal(of operation: String, on table: String) -> String {
        """
        CREATE TRIGGER \(table)_no_\(operation.lowercased()) BEFORE \(operation) ON \(table)
        BEGIN SELECT RAISE(ABORT, '\(table): facts are only ever added'); END
        """
    }

    /// Whether the ledger is of this version; throws where it is none, or of a later version.
    static func isCurrent(_ db: Database, path: String) throws -> Bool {
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == applicationID else {
            throw LedgerError.notALedger(path: path, reason: "an SQLite database of some other program")
        }
        if try migrator.hasBeenSuperseded(db) { throw LedgerError.newerSchema(path: path) }
        return try migrator.hasCompletedMigrations(db)
    }
}

/// What one version adds to the schema. Once released it never changes: what is new is another version.
struct SchemaVersion: Sendable {
    /// Its name, for good; GRDB remembers it in the ledger.
    let name: String
    /// The tables of facts that it makes, which refuse every UPDATE and DELETE.
    let factTables: [String]
    /// The SQL that makes them.
    let tables: String
}
