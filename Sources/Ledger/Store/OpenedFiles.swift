import Foundation
import GRDB

/// Which files are open, by device and inode, and what the ledger's file begins with: so that it shows at a commit where
/// the paths lead somewhere else, or somebody has written into the file.
struct OpenedFiles: Sendable {
    /// What stands at a path.
    private struct Identity: Hashable {
        let device: dev_t
        let inode: ino_t

        /// What stands at `path` now; nil where nothing does.
        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            (device, inode) = (status.st_dev, status.st_ino)
        }
    }

    /// What is to be done about a commit.
    enum Finding: Hashable {
        /// Everything stands where it stood.
        case sound
        /// The lock file is gone, or another.
        case lockLost
        /// The write-ahead log is gone, or another; what the daemon holds open is still whole.
        case logLost
        /// The directory or the ledger is gone, or another; with what it is and what to do, in words.
        case moved(String)
        /// Nobody may look, for this reason.
        case denied(String)
        /// Nothing can be read of the ledger's file without what is missing in it; with what happened, in words.
        case damaged(String)
        /// An earlier state of the ledger was written over it.
        case setBack
        /// The write-ahead log's index is gone, or another, by which others now read and write.
        case indexLost
        /// The write-ahead log that is open is not what its index says; with what happened, in words.
        case logDamaged(String)
        /// The log of another time was written over it.
        case logSetBack
    }

    private let directory: StateDirectory
    private let folder: Identity?
    private let ledger: Identity?
    private var log: Identity?
    private var index: Identity?
    private var lock: Identity?
    /// The length of the ledger's file in bytes and its beginning, as they were seen last.
    private var length: Int64 = 0
    private var header: FileHeader?
    /// How long the log's index was at the most, in bytes, and where the log ended when it was seen last.
    private var indexLength: Int64 = 0
    private var logEnd: LogEnd?

    /// What stands in `directory` now, where a ledger was just opened.
    init(_ directory: StateDirectory, isLocked: Bool) {
        self.directory = directory
        folder = Identity(directory.path)
        ledger = Identity(directory.ledger)
        log = Identity(directory.writeAheadLog)
        index = Identity(directory.logIndex)
        lock = isLocked ? Identity(directory.lock) : nil
    }

    /// The lock was taken anew.
    mutating func noteLock() { lock = Identity(directory.lock) }

    /// Five calls of stat(2): some microseconds.
    private mutating func checkPaths() -> Finding {
        let now = Identity(directory.ledger)
        if now == nil, SystemError.last == EACCES { return .denied(SystemError.text(EACCES)) }
        if now != ledger {
            let what = Identity(directory.path) == folder ? "the ledger" : "the state directory"
            return .moved(
                now == nil
                    ? "\(what) was moved or removed while it is open; put it back: \(restart)"
                    : "\(what) was replaced while it is open; put back what was there, or restart availd")
        }
        let found = Identity(directory.writeAheadLog)
        // It is made by the first who reads or writes.
        if log == nil { log = found }
        if found != log { return .logLost }
        let foundIndex = Identity(directory.logIndex)
        if index == nil { index = foundIndex }
        if foundIndex != index { return .indexLost }
        if let lock, Identity(directory.lock) != lock { return .lockLost }
        return .sound
    }

    /// What a restart would do where there is no ledger any more.
    private var restart: String {
        directory.traces.isEmpty
            ? "a restart of availd would begin a new ledger" : "availd does not start again without it"
    }

    /// Whether the paths lead to what is open, and what `db` has open is what it was.
    mutating func check(_ db: Database) -> Finding {
        let finding = checkPaths()
        switch finding {
        case .moved, .denied: return finding
        default: break
        }
        let log = checkLog(db)
        if log != .sound { return log }
        let content = checkFile(db)
        return content == .sound ? finding : content
    }

    /// Whether the log that `db` has open is what its index says, wherever its name has gone.
    mutating func checkLog(_ db: Database) -> Finding {
        guard ledger != nil else { return .sound }
        restoreIndex()
        switch LogEnd.check(db, last: &logEnd) {
        case .sound: return .sound
        case .cut(let from, let to): return .logDamaged("it was cut from \(from) bytes to \(to)")
        case .overwritten: return .logDamaged("it was overwritten with something else")
        case .another: return .logSetBack
        }
    }

    /// Gives the index its length again where it was cut, all of it zeroes: SQLite has it in its memory, where what is
    /// missing of a file ends the process, and makes it of the log again where its beginning is zeroes.
    mutating func restoreIndex() {
        guard let index, Identity(directory.logIndex) == index, let length = StateDirectory.length(directory.logIndex)
        else { return }
        if length < indexLength { for length in [0, indexLength] { truncate(directory.logIndex, off_t(length)) } }
        indexLength = max(length, indexLength)
    }

    private mutating func checkFile(_ db: Database) -> Finding {
        // One in memory has no file.
        guard ledger != nil, let length = directory.ledgerLength else { return .sound }
        if length == 0 { return .damaged("it was emptied") }
        guard let header = FileHeader(db) else { return .damaged("it was overwritten with something else") }
        if let last = self.header, header.isOlder(than: last) { return .setBack }
        // It shrinks only by a VACUUM, which SQLite knows of.
        if length < self.length, Self.neededLength(db).map({ length < $0 }) ?? true {
            return .damaged("it was cut from \(self.length) bytes to \(length)")
        }
        (self.length, self.header) = (length, header)
        return .sound
    }

    /// How long the file is where all of the log is in it, in bytes; nil where that cannot be found out.
    private static func neededLength(_ db: Database) -> Int64? {
        try? Int64.fetchOne(
            db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    }
}
