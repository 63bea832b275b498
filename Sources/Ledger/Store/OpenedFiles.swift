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
    }

    private let directory: StateDirectory
    private let folder: Identity?
    private let ledger: Identity?
    private var log: Identity?
    private var lock: Identity?
    /// The length of the ledger's file in bytes and its beginning, as they were seen last.
    private var length: Int64 = 0
    private var header: FileHeader?

    /// What stands in `directory` now, where a ledger was just opened.
    init(_ directory: StateDirectory, isLocked: Bool) {
        self.directory = directory
        folder = Identity(directory.path)
        ledger = Identity(directory.ledger)
        log = Identity(directory.writeAheadLog)
        lock = isLocked ? Identity(directory.lock) : nil
    }

    /// The lock was taken anew.
    mutating func noteLock() { lock = Identity(directory.lock) }

    /// Four calls of stat(2): some microseconds.
    mutating func check() -> Finding {
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
        if let lock, Identity(directory.lock) != lock { return .lockLost }
        return .sound
    }

    /// What a restart would do where there is no ledger any more.
    private var restart: String {
        directory.traces.isEmpty
            ? "a restart of availd would begin a new ledger" : "availd does not start again without it"
    }

    /// The same, and whether what `db` has open is what it was: some microseconds more, for the beginning of the file.
    mutating func check(_ db: Database) -> Finding {
        let finding = check()
        switch finding {
        case .moved, .denied: return finding
        default: break
        }
        let content = checkContent(db)
        return content == .sound ? finding : content
    }

    private mutating func checkContent(_ db: Database) -> Finding {
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
