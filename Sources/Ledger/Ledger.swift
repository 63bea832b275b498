import CSQLite
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
    public var markProblem: String? { mark.withLock { $0.problem } }

    let mark: Mutex<Marking>
    private let lock: Mutex<DaemonLock?>
    let opened: Mutex<OpenedFiles>
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
        let isNeeded = marked != .missing || directory.hasLock && !isNew
        self.mark = Mutex(Marking(mark, marked: marked, found: found, problem: isNeeded ? marked.problem : nil))
        opened = Mutex(OpenedFiles(directory, isLocked: isDaemons))
        if access != .reader { database.writeWithoutTransaction { db in _ = opened.withLock { $0.check(db) } } }
        if access != .reader, marked == .missing { self.mark.withLock { $0.begin() } }
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
        mark = Mutex(Marking(nil, marked: .missing, found: nil, problem: nil))
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
            let finding = database.writeWithoutTransaction(keepLogAtClose)
            try database.close()
            // Beside another state than its own it would be taken for that one's.
            if [.setBack, .logSetBack].contains(finding), isDaemons { directory.setLogAside() }
        }
        lock.withLock { $0 = nil }
    }

    /// SQLite deletes the log by its path, once it has moved it into the database: not where another file stands in the
    /// place of one of them, which is somebody else's, nor where the database or the log is not what it was.
    private func keepLogAtClose(_ db: Database) -> OpenedFiles.Finding {
        // The connection is open, and the pointers are read before the calls return.
        guard let connection = db.sqliteConnection else { return .sound }
        let (finding, log) = opened.withLock { ($0.check(db), $0.checkLog(db)) }
        switch finding {
        case _ where log != .sound: availd_sqlite_leave_log(UnsafeMutableRawPointer(connection))
        case .sound: break
        case .damaged, .setBack, .indexLost, .logDamaged, .logSetBack:
            availd_sqlite_leave_log(UnsafeMutableRawPointer(connection))
        case .lockLost, .logLost, .moved, .denied:
            var isKept: CInt = 1
            sqlite3_file_control(connection, "main", SQLITE_FCNTL_PERSIST_WAL, &isKept)
        }
        return finding
    }

    /// Runs `body` on one consistent state of the ledger, whatever is written meanwhile.
    ///
    /// The snapshot ends with `body`. What `body` throws is passed on.
    /// - Throws: ``LedgerError``.
    public func read<T>(_ body: (LedgerSnapshot) throws -> T) throws -> T {
        // A connection that finds an empty file deletes the log: none may be opened.
        if directory.ledgerLength == 0 { throw damaged("it was emptied") }
        // Before SQLite looks into it.
        opened.withLock { $0.restoreIndex() }
        do {
            let result = try failure.translating {
                try database.unsafeRead { db in
                    try requireLog(db)
                    return try transaction(.deferred, on: db) { try body(LedgerSnapshot(db: db, path: path)) }
                }
            }
            if isImmutable, directory.hasWriteAheadLog { throw LedgerError.changedWhileRead(path: path) }
            return result
        } catch let error as LedgerError {
            // GRDB has a look of its own before, which says by whatever it fails.
            try database.writeWithoutTransaction(requireLog)
            throw error
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
        switch opened.withLock({ $0.check(db) }) {
        case .sound: break
        case .lockLost:
            // Another daemon may hold the new one: that is then said.
            let anew = try DaemonLock(in: directory)
            lock.withLock { $0 = anew }
            opened.withLock { $0.noteLock() }
        case .logLost:
            // What is committed is then where whoever comes next finds it; and what stands at the path was another's, or
            // is of another time.
            _ = try? db.checkpoint(.passive)
            if isDaemons { directory.setLogAside() }
            throw LedgerError.moved(
                path: directory.writeAheadLog,
                reason: "it was removed while the ledger is open; what was committed is still there: restart availd")
        case .indexLost:
            throw LedgerError.moved(
                path: directory.logIndex,
                reason: """
                    it was removed or replaced while the ledger is open; what was committed is in the log: restart availd
                    """)
        case .logDamaged, .logSetBack: try requireLog(db)
        case .damaged(let what):
            throw damaged(what)
        case .setBack:
            throw LedgerError.damaged(
                path: path,
                reason: """
                    an earlier state was written over it while it is open; restart availd, which sets the log aside and \
                    records what is missing
                    """)
        case .moved(let what):
            throw LedgerError.moved(path: path, reason: what)
        case .denied(let reason):
            throw LedgerError.permissionDenied(
                path: directory.path, reason: "\(reason): let the daemon's user enter the directory again")
        }
    }

    /// Throws where the log that `db` has open is not what it was: nothing in it is what was committed.
    private func requireLog(_ db: Database) throws {
        guard db.sqliteConnection != nil else { return }
        let what: String
        switch opened.withLock({ $0.checkLog(db) }) {
        case .logDamaged(let happened): what = happened
        case .logSetBack: what = "it was overwritten with the log of another time"
        default: return
        }
        throw LedgerError.damaged(
            path: directory.writeAheadLog,
            reason: """
                \(what) while the ledger is open, whose file is left as it is: put the log back, or restart availd, which \
                records what is missing
                """)
    }

    private func damaged(_ what: String) -> LedgerError {
        .damaged(
            path: path,
            reason: """
                \(what) while it is open, and its log, which is beside it, is kept: stop availd, and see "An empty ledger" \
                in docs/operating.md
                """)
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
