import GRDB
import GRDBSQLite
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
    /// Whether it is the daemon's.
    let isDaemons: Bool
    /// Whether there was none, and this one was made.
    public let isNew: Bool
    /// What the ledger had lost when it was opened; nil where nothing was missing.
    public let loss: LedgerLoss?

    /// Why nothing would tell that the ledger has lost commits; nil where its mark would.
    public let markProblem: String?

    let mark: Mutex<Marking>
    private let lock: Mutex<DaemonLock?>
    private let opened: Mutex<OpenedFiles>
    private let isImmutable: Bool

    /// Opens the ledger in the state directory at the path `directory`.
    ///
    /// The accesses that write create the directory (not its parents) and the ledger where they are missing, but not
    /// where something beside it says that there was one: see ``LedgerError/vanished(path:traces:)``.
    /// - Parameter beginsAnew: a ledger is made also where there was one.
    /// - Throws: ``LedgerError``.
    public init(directory path: String, access: LedgerAccess, beginsAnew: Bool = false) throws {
        directory = StateDirectory(path)
        failure = SQLiteFailure(path: directory.ledger)
        isDaemons = access == .daemon
        if access == .reader {
            try directory.requireReadableLedger()
            lock = Mutex(nil)
            isNew = false
            // Without a log and without the right to make one, SQLite can only read the file as one that
            // nobody changes; `read` then checks that nobody did.
            isImmutable = !directory.hasWriteAheadLog && !directory.isWritable
        } else {
            try directory.createIfMissing()
            // Before the lock, whose file says that there was a ledger.
            isNew = try LedgerCreation(directory: directory).createIfMissing(anew: beginsAnew)
            try directory.requireReadableLedger()
            lock = Mutex(isDaemons ? try DaemonLock(in: directory) : nil)
            isImmutable = false
        }
        // The mark is read first: whatever it says was committed before, and the ledger must show it.
        let mark = HighWaterMark(directory: directory)
        let marked = mark.read()
        let connecting = Connecting(directory: directory, failure: failure)
        let found: LedgerPosition?
        (database, found) = try connecting.open(access, isImmutable: isImmutable) { [directory] found in
            guard let loss = found.flatMap(marked.loss(of:)) else { return }
            if access == .recorder { throw LedgerError.behind(path: directory.ledger, reason: "\(loss)") }
            // What follows the damage in the log is overwritten by the next commit.
            directory.keepLog(behind: loss.marked.sequence)
        }
        loss = found.flatMap(marked.loss(of:))
        // A copy that nobody has kept a ledger in needs none.
        markProblem = marked == .missing && !directory.hasLock ? nil : marked.problem
        self.mark = Mutex(Marking(mark, marked: marked))
        opened = Mutex(OpenedFiles(directory, isLocked: isDaemons))
        if access != .reader, marked == .missing, let found { mark.write(found) }
    }

    /// An empty ledger in memory, in the place of one that is not there in the state directory at `path`: to find out
    /// what would be refused. What is recorded in it is gone with it.
    /// - Throws: ``LedgerError``.
    public init(emptyInPlaceOf path: String) throws {
        directory = StateDirectory(path)
        failure = SQLiteFailure(path: directory.ledger)
        lock = Mutex(nil)
        isImmutable = false
        isDaemons = false
        isNew = false
        loss = nil
        markProblem = nil
        mark = Mutex(Marking(nil, marked: .missing))
        opened = Mutex(OpenedFiles(directory, isLocked: false))
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
            if opened.withLock({ $0.check() }) != .sound { keepLogAtClose() }
            try database.close()
        }
        lock.withLock { $0 = nil }
    }

    /// SQLite deletes the log by its path: where another file stands there now, that is somebody else's.
    private func keepLogAtClose() {
        database.writeWithoutTransaction { db in
            var isKept: CInt = 1
            // The connection is open, and the pointer is read before the call returns.
            if let connection = db.sqliteConnection {
                sqlite3_file_control(connection, "main", SQLITE_FCNTL_PERSIST_WAL, &isKept)
            }
        }
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
            // GRDB hands a closed connection on.
            if db.sqliteConnection != nil { try requireSameFiles(db) }
            return try transaction(.immediate, on: db) { try body(db) }
        }
    }

    /// Throws where the paths do not lead to the files that are open: what is written into those would be lost.
    private func requireSameFiles(_ db: Database) throws {
        switch opened.withLock({ $0.check() }) {
        case .sound: break
        case .lockLost:
            // Another daemon may hold the new one: that is then said.
            let anew = try DaemonLock(in: directory)
            lock.withLock { $0 = anew }
            opened.withLock { $0.noteLock() }
        case .logLost:
            // What is committed is then where whoever comes next finds it.
            _ = try? db.checkpoint(.passive)
            throw LedgerError.moved(
                path: directory.writeAheadLog,
                reason: "it was removed while the ledger is open; what was committed is still there: restart availd")
        case .moved(let what):
            throw LedgerError.moved(
                path: path, reason: "\(what) while it is open; put back what was there, or restart availd")
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
