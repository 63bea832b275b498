import Foundation

/// Which files are open, by device and inode: so that it shows at a commit where the paths lead somewhere else.
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
        /// The directory or the ledger is gone, or another; with what it is, in words.
        case moved(String)
    }

    private let directory: StateDirectory
    private let folder: Identity?
    private let ledger: Identity?
    private var log: Identity?
    private var lock: Identity?

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
        if now != ledger {
            let what = Identity(directory.path) == folder ? "the ledger" : "the state directory"
            return .moved("\(what) was \(now == nil ? "moved or removed" : "replaced")")
        }
        let found = Identity(directory.writeAheadLog)
        // It is made by the first who reads or writes.
        if log == nil { log = found }
        if found != log { return .logLost }
        if let lock, Identity(directory.lock) != lock { return .lockLost }
        return .sound
    }
}
