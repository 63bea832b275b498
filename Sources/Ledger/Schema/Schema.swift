import GRDB

/// The tables, and what tells a ledger from other SQLite files.
///
/// Facts are only ever added: a trigger refuses every UPDATE and DELETE. Instants are ms since the epoch, UTC.
/// Each version of the schema is a migration, named for good; only the daemon migrates.
enum Schema {
    /// `PRAGMA application_id` of every ledger: "AVLD".
    static let applicationID: Int32 = 0x4156_4C44

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { db in
            try db.execute(sql: SchemaV1.tables)
            for table in SchemaV1.factTables {
                try db.execute(sql: SchemaV1.refusal(of: "UPDATE", on: table))
                try db.execute(sql: SchemaV1.refusal(of: "DELETE", on: table))
            }
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        }
        return migrator
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
