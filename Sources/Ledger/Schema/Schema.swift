import GRDB

/// The tables, and what tells a ledger from other SQLite files.
///
/// Each version of the schema is a migration, named for good; only the daemon migrates.
enum Schema {
    /// `PRAGMA application_id` of every ledger: "AVLD".
    static let applicationID: Int32 = 0x4156_4C44

    /// Every table of facts.
    static var tables: [FactTable] { SchemaVersion.all.flatMap(\.tables) }

    /// The columns that were added to `table` after it was first released.
    static func columnsAdded(to table: String) -> Set<String> {
        SchemaVersion.all.reduce(into: []) { $0.formUnion($1.added[table] ?? []) }
    }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for version in SchemaVersion.all {
            migrator.registerMigration(version.name) { db in
                for table in version.tables { try db.execute(sql: table.definition) }
                for change in version.changes { try db.execute(sql: change) }
                for table in version.tables + version.remade {
                    for operation in FactTable.refused { try db.execute(sql: table.refusal(of: operation)) }
                }
                try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            }
        }
        return migrator
    }

    /// Brings a ledger to this version, with the row that says how far it is.
    static func migrate(_ database: any DatabaseWriter) throws {
        try migrator.migrate(database)
        try database.write { try PositionRow.createIfMissing(in: $0) }
    }

    /// Whether the ledger is of this version; throws where it is none, or of a later version.
    static func isCurrent(_ db: Database, path: String) throws -> Bool {
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == applicationID else {
            throw LedgerError.notALedger(path: path, reason: "an SQLite database of some other program")
        }
        if try migrator.hasBeenSuperseded(db) { throw LedgerError.newerSchema(path: path) }
        return try migrator.hasCompletedMigrations(db) && PositionRow.exists(in: db)
    }
}
