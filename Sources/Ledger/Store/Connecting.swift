import Foundation
import GRDB

/// Opens the database connections of a ledger that is there.
struct Connecting {
    let directory: StateDirectory
    let failure: SQLiteFailure

    /// How long a connection waits for a lock of another, in s: short enough that a daemon which is told to stop can
    /// wait once and still end within 5 s.
    private static let busyTimeout = 2.0

    /// The connections, and where the ledger was before anything was written by them; nil where damage hides that.
    ///
    /// - Parameter look: is told that before any connection is open that could write.
    func open(
        _ access: LedgerAccess, isImmutable: Bool, _ look: (LedgerPosition?) throws -> Void
    ) throws -> (any DatabaseWriter, LedgerPosition?) {
        try requireContent()
        if access == .reader {
            let queue = try reader(isImmutable: isImmutable)
            return (queue, try position(queue))
        }
        // A connection that may write moves the log into the database, at the latest when it is closed, and deletes it;
        // so it is first made sure that the file is one of ours, and looked whether the log is whole.
        let first = try reader(isImmutable: false, requiresCurrent: false)
        _ = try isCurrent(first)
        let found = try position(first)
        try look(found)
        return (try access == .daemon ? daemon() : recorder(), found)
    }

    /// SQLite takes an empty file for a new database, and then deletes the log beside it: all that may be left.
    private func requireContent() throws {
        guard directory.ledgerLength == 0 else { return }
        let log = directory.writeAheadLogLength
        throw LedgerError.damaged(
            path: directory.ledger,
            reason: log == 0
                ? "it is empty; restore the backup"
                : """
                it is empty, and \(log) bytes of its log are beside it; copy both away, restore the backup, and see \
                "An empty ledger" in docs/operating.md for what the log holds
                """)
    }

    private func position(_ database: any DatabaseWriter) throws -> LedgerPosition? {
        do {
            return try failure.translating {
                try database.read { db in try failure.translating(db) { try PositionRow.position(in: db) } }
            }
        } catch LedgerError.damaged {
            // Whoever reads or writes what is damaged says so.
            return nil
        }
    }

    /// A new database in memory.
    func inMemory() throws -> any DatabaseWriter {
        try failure.translating {
            let queue = try DatabaseQueue(configuration: configuration())
            try Schema.migrate(queue)
            return queue
        }
    }

    private func daemon() throws -> any DatabaseWriter {
        try failure.translating {
            var configuration = configuration()
            configuration.maximumReaderCount = 4
            let pool = try DatabasePool(path: directory.ledger, configuration: configuration)
            try pool.writeWithoutTransaction { db in
                try failure.translating(db) {
                    // A pool sets NORMAL, which may lose the last commits with the power.
                    try db.execute(sql: "PRAGMA synchronous = FULL")
                }
            }
            try Schema.migrate(pool)
            return pool
        }
    }

    private func recorder() throws -> any DatabaseWriter {
        let queue = try failure.translating {
            try DatabaseQueue(path: directory.ledger, configuration: configuration())
        }
        guard try isCurrent(queue) else { throw LedgerError.olderSchema(path: directory.ledger) }
        return queue
    }

    private func reader(isImmutable: Bool, requiresCurrent: Bool = true) throws -> any DatabaseWriter {
        var configuration = configuration()
        configuration.readonly = true
        let path = isImmutable ? Self.immutableURI(directory.ledger) : directory.ledger
        let queue = try failure.translating { try DatabaseQueue(path: path, configuration: configuration) }
        guard try !requiresCurrent || isCurrent(queue) else {
            throw LedgerError.olderSchema(path: directory.ledger)
        }
        return queue
    }

    private func isCurrent(_ database: any DatabaseWriter) throws -> Bool {
        try failure.translating {
            try database.read { db in
                try failure.translating(db) { try Schema.isCurrent(db, path: directory.ledger) }
            }
        }
    }

    private func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "availd.ledger"
        configuration.busyMode = .timeout(Self.busyTimeout)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { [failure] db in
            // The first look into the file. Once opening has failed, the connection that knows why is gone.
            try failure.translating(db) { _ = try Int64.fetchOne(db, sql: "PRAGMA schema_version") }
            // LogKeeper decides when the log is moved. REPLACE must meet the triggers that refuse a DELETE.
            try db.execute(
                sql: """
                    PRAGMA wal_autocheckpoint = 0;
                    PRAGMA journal_size_limit = \(LogKeeper.keptLength);
                    PRAGMA recursive_triggers = ON;
                    """)
            guard !db.configuration.readonly else { return }
            // Each check's latest samples lie on a page of their own, and all of them are written again and
            // again: 32 MiB keeps those of 8000 checks.
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;")
        }
        return configuration
    }

    /// The URI by which SQLite opens `path` without locks and without a log beside it.
    static func immutableURI(_ path: String) -> String {
        let escapes: [Unicode.Scalar: String] = ["%": "%25", "?": "%3f", "#": "%23"]
        let escaped = path.unicodeScalars.map { escapes[$0] ?? String($0) }.joined()
        return "file:" + (path.hasPrefix("/") ? "//" : "") + escaped + "?immutable=1"
    }
}
