import GRDB
import SLA
import Synchronization

/// What was seen, kept: an SQLite database of facts that are only ever added.
///
/// A commit is on the disk when it returns (WAL, `synchronous = FULL`). Calls may come from any thread and
/// block it; the closures given to them run before they return and must not call the ledger again.
/// What fails throws ``LedgerError``, and leaves the ledger usable.
public final class Ledger: Sendable {
    /// The database file.
    public var path: String { directory.ledger }

    let directory: StateDirectory
    let database: any DatabaseWriter
    let failure: SQLiteFailure
    let known = Mutex(KnownRows())
    let outboxWatermark = Mutex<Int64>(0)
    let logKeeper = Mutex(LogKeeper())

    private let lock: Mutex<DaemonLock?>
    private let isImmutable: Bool

    /// Opens the ledger in the state directory at the path `directory`.
    ///
    /// The accesses that write create the directory (not its parents) and the ledger where they are missing.
    /// - Throws: ``LedgerError``.
    public init(directory path: String, access: LedgerAccess) throws {
        directory = StateDirectory(path)
        failure = SQLiteFailure(path: directory.ledger)
        if access == .reader {
            try directory.requireReadableLedger()
            lock = Mutex(nil)
            // Without a log and without the right to make one, SQLite can only read the file as one that
            // nobody changes; `read` then checks that nobody did.
            isImmutable = !directory.hasWriteAheadLog && !directory.isWritable
        } else {
            try directory.createIfMissing()
            lock = Mutex(access == .daemon ? try DaemonLock(in: directory) : nil)
            try LedgerCreation(directory: directory).createIfMissing()
            try directory.requireReadableLedger()
            isImmutable = false
        }
        let connecting = Connecting(directory: directory, failure: failure)
        database = try connecting.open(access, isImmutable: isImmutable)
    }

    /// An empty ledger in memory, in the place of one that is not there in the state directory at `path`: to find out
    /// what would be refused. What is recorded in it is gone with it.
    /// - Throws: ``LedgerError``.
    public init(emptyInPlaceOf path: String) throws {
        directory = StateDirectory(path)
        failure = SQLiteFailure(path: directory.ledger)
        lock = Mutex(nil)
        isImmutable = false
        database = try Connecting(directory: directory, failure: failure).inMemory()
    }

    /// Closes the connections and gives up the lock. Every later call throws, but another of this one.
    ///
    /// Where nobody else has the ledger open, SQLite then moves the log into the database and removes it.
    /// - Throws: ``LedgerError``; the commits made before are kept all the same.
    public func close() throws {
        try failure.translating {
            // The writing connection must be the last, as the reading ones cannot move the log.
            (database as? DatabasePool)?.releaseMemory()
            try database.close()
        }
        lock.withLock { $0 = nil }
    }

    /// Runs `body` on one consistent state of the ledger, whatever is written meanwhile.
    ///
    /// The snapshot ends with `body`. What `body` throws is passed on.
    /// - Throws: ``LedgerError``.
    public func read<T>(_ body: (LedgerSnapshot) throws -> T) throws -> T {
        try failure.translating {
            let result = try database.unsafeRead { db in
                try transaction(.deferred, on: db) { try body(LedgerSnapshot(db: db, path: path)) }
            }
            if isImmutable, directory.hasWriteAheadLog { throw LedgerError.changedWhileRead(path: path) }
            return result
        }
    }

    /// Runs `body` in a transaction that begins by taking the write lock, so that it cannot fail for having
    /// read something that another program then changed.
    func write<T>(_ body: (Database) throws -> T) throws -> T {
        try database.writeWithoutTransaction { db in
            try transaction(.immediate, on: db) { try body(db) }
        }
    }

    private func transaction<T>(
        _ kind: Database.TransactionKind, on db: Database, _ body: () throws -> T
    ) throws -> T {
        // GRDB hands a closed connection on, and SQLite does not survive one.
        guard db.sqliteConnection != nil else {
            throw LedgerError.inputOutput(path: path, reason: "it was closed")
        }
        return try failure.translating(db) {
            try db.beginTransaction(kind)
            do {
                let result = try body()
                // Nothing was written in a deferred one, and COMMIT fails where damage was read.
                if kind == .deferred { try db.rollback() } else { try db.commit() }
                return result
            } catch {
                // Some failures, a full disk among them, have SQLite roll back by itself.
                if db.isInsideTransaction { try db.rollback() }
                throw error
            }
        }
    }
}
