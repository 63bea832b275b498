import GRDB
import SLA

/// The one row of `position`: how far the ledger is, written in the transaction of each commit.
///
/// It is no fact, and the only row that changes; whoever writes a ledger makes its table where it is missing.
struct PositionRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "position"

    var id = 1
    var sequence: Int64
    var samples: Int64
    var others: Int64
    var firstAt: Int64?
    var lastAt: Int64?
    var digest: String

    enum CodingKeys: String, CodingKey {
        case id, sequence, samples, others, digest
        case firstAt = "first_at"
        case lastAt = "last_at"
    }

    private static let definition = """
        CREATE TABLE position (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            sequence INTEGER NOT NULL,
            samples INTEGER NOT NULL,
            others INTEGER NOT NULL,
            first_at INTEGER,
            last_at INTEGER,
            digest TEXT NOT NULL
        ) STRICT
        """

    private init(_ position: LedgerPosition) {
        sequence = position.sequence
        samples = position.samples
        others = position.others
        firstAt = position.firstAt?.milliseconds
        lastAt = position.lastAt?.milliseconds
        digest = position.digest
    }

    private var position: LedgerPosition {
        var position = LedgerPosition()
        position.sequence = sequence
        position.samples = samples
        position.others = others
        position.firstAt = firstAt.map(Instant.init)
        position.lastAt = lastAt.map(Instant.init)
        position.digest = digest
        return position
    }

    /// Whether the table is there.
    static func exists(in db: Database) throws -> Bool { try db.tableExists(databaseTableName) }

    /// Makes the table where it is missing.
    static func createIfMissing(in db: Database) throws {
        guard try !exists(in: db) else { return }
        try db.execute(sql: definition)
    }

    /// The ledger's position; that of one without commits where it has none, as one of an earlier version.
    static func position(in db: Database) throws -> LedgerPosition {
        guard try exists(in: db) else { return LedgerPosition() }
        return try fetchOne(db)?.position ?? LedgerPosition()
    }

    /// Sets the ledger's position.
    static func set(_ position: LedgerPosition, in db: Database) throws {
        try PositionRow(position).insert(db, onConflict: .replace)
    }
}
