import Foundation

/// The directory that holds the ledger and its lock.
///
/// The ledger itself is never opened here with open(2): closing any descriptor of a file gives up every POSIX
/// lock that the process holds on it, those of an SQLite connection elsewhere in the process included, and a
/// ledger that looks unlocked can lose its write-ahead log (sqlite.org/howtocorrupt.html, 2.2).
struct StateDirectory: Sendable {
    /// The directory.
    let path: String

    /// SQLite takes a path that begins with `file:` for a URI, so a relative one says that it is relative.
    init(_ path: String) {
        self.path = path.hasPrefix("/") ? path : "./" + path
    }

    var ledger: String { path + "/ledger.sqlite" }
    var writeAheadLog: String { ledger + "-wal" }
    var logIndex: String { ledger + "-shm" }
    var lock: String { path + "/availd.lock" }
    var highWaterMark: String { path + "/high-water-mark" }

    /// What is made after a ledger was, and stays beside it. The daemon's own notes are among them.
    private static let traces = [
        "availd.lock", "high-water-mark", "measurement-lost", "unrecorded-samples", "ledger.sqlite-wal",
    ]

    /// Whether a daemon has ever held the ledger here.
    var hasLock: Bool { access(lock, F_OK) == 0 }

    /// The names of files that say that there is, or was, a ledger.
    var traces: [String] { Self.traces.filter { access("\(path)/\($0)", F_OK) == 0 } }

    /// The ledger's mode, before the umask: its group may read it and not write it.
    static let fileMode: mode_t = 0o640

    /// Makes the directory where it is missing; its parent must be there.
    func createIfMissing() throws {
        guard mkdir(path, 0o750) != 0 else { return }
        let code = SystemError.last
        if code != EEXIST { throw failure(path, code) }
    }

    /// Opens `file` for writing, created with ``fileMode`` where it is missing. What root creates belongs to
    /// the directory's owner, so that the daemon, which is not root, can open it.
    func open(_ file: String, flags: Int32) throws -> Int32 {
        // A pipe in its place would hold everything up.
        let descriptor = Glibc.open(file, flags | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, Self.fileMode)
        guard descriptor >= 0 else { throw failure(file, SystemError.last) }
        guard SystemError.isRegularFile(descriptor) else {
            close(descriptor)
            throw LedgerError.cannotCreate(path: file, reason: "something else than a file is in its place")
        }
        if geteuid() == 0 {
            var owner = stat()
            if stat(path, &owner) != 0 || fchown(descriptor, owner.st_uid, owner.st_gid) != 0 {
                let code = SystemError.last
                close(descriptor)
                throw failure(file, code)
            }
        }
        return descriptor
    }

    /// The error for a file that could not be created.
    func failure(_ file: String, _ code: Int32) -> LedgerError {
        switch code {
        case ENOSPC: .full(path: file)
        case EDQUOT: .quotaExceeded(path: file)
        case EROFS: .readOnlyDisk(path: file)
        case EACCES, EPERM: .permissionDenied(path: file, reason: SystemError.text(code))
        case EIO: .inputOutput(path: file, reason: SystemError.text(code))
        default: .cannotCreate(path: file, reason: SystemError.text(code))
        }
    }

    /// Whether files can be created in it.
    var isWritable: Bool { faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) == 0 }

    /// Whether there is a write-ahead log: some program has the ledger open, or did not close it.
    var hasWriteAheadLog: Bool { faccessat(AT_FDCWD, writeAheadLog, F_OK, AT_EACCESS) == 0 }

    /// Whether there is a ledger.
    var hasLedger: Bool { faccessat(AT_FDCWD, ledger, F_OK, AT_EACCESS) == 0 }

    /// The length of the ledger's file in bytes; nil where there is none.
    var ledgerLength: Int64? { Self.length(ledger) }

    /// The length of the file at `path` in bytes; nil where there is none.
    static func length(_ path: String) -> Int64? {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    /// Throws where there is no ledger, or none that this user may read.
    func requireReadableLedger() throws {
        guard faccessat(AT_FDCWD, ledger, R_OK, AT_EACCESS) != 0 else { return }
        let code = SystemError.last
        if code == ENOENT || code == ENOTDIR {
            throw traces.isEmpty
                ? LedgerError.missing(path: ledger) : LedgerError.vanished(path: ledger, traces: traces)
        }
        throw LedgerError.permissionDenied(path: ledger, reason: SystemError.text(code))
    }

    /// The length of the write-ahead log in bytes; 0 where there is none.
    var writeAheadLogLength: Int64 { Self.length(writeAheadLog) ?? 0 }

    /// Sets the log aside, where there is one: it belongs to another state of the ledger than the one that stands there
    /// now.
    func setLogAside() {
        guard hasWriteAheadLog else { return }
        for number in 1...99 {
            let place = "\(writeAheadLog).aside-\(number)"
            guard access(place, F_OK) != 0 else { continue }
            rename(writeAheadLog, place)
            return
        }
    }

    /// Copies the log away that a ledger was behind its mark with, as far as there is room: it may hold what is missing.
    func keepLog(behind sequence: Int64) {
        let copy = "\(writeAheadLog).behind-\(sequence)"
        do {
            try FileManager.default.copyItem(atPath: writeAheadLog, toPath: copy)
        } catch CocoaError.fileWriteOutOfSpace {
            unlink(copy)
        } catch {}
    }
}
