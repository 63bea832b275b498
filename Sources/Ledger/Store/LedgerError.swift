import Intake

/// Why a ledger could not be opened, read or written. Nothing of the write that failed is kept.
public enum LedgerError: Error, Hashable, Sendable {
    /// There is no ledger at `path`.
    case missing(path: String)
    /// There is no ledger at `path`, and `traces`, the names of files beside it, say that there was one.
    case vanished(path: String, traces: [String])
    /// The ledger at `path` has lost commits, and it is for the daemon to say so first.
    case behind(path: String, reason: String)
    /// What stands at `path` is not what is open: it was moved, removed or replaced.
    case moved(path: String, reason: String)
    /// Another daemon holds the lock file at `path`; `pid` is nil where it has not yet written its own.
    case locked(path: String, pid: Int32?)
    /// Another program kept the ledger locked for longer than the busy timeout; trying again may succeed.
    case busy(path: String)
    /// A writer began while the ledger was read without locks: what was read may not belong together.
    case changedWhileRead(path: String)
    /// The directory, the ledger or the lock file could not be created.
    case cannotCreate(path: String, reason: String)
    /// The system refuses this user what the access needs.
    case permissionDenied(path: String, reason: String)
    /// The disk is full. The ledger stays usable: the next commit is tried anew.
    case full(path: String)
    /// The user's quota of the disk is used up. The ledger stays usable: the next commit is tried anew.
    case quotaExceeded(path: String)
    /// The file system takes no change: it was mounted so, or became so by its errors.
    case readOnlyDisk(path: String)
    /// The file, as it is open, takes no change.
    case readOnly(path: String, reason: String)
    /// The disk or the file system failed.
    case inputOutput(path: String, reason: String)
    /// The file is a ledger, but what is in it cannot be right.
    case damaged(path: String, reason: String)
    /// The file is something else than a ledger.
    case notALedger(path: String, reason: String)
    /// A later version of availd has migrated the ledger.
    case newerSchema(path: String)
    /// The ledger is of an earlier version of availd, and only the daemon migrates.
    case olderSchema(path: String)
}

extension LedgerError: ClassifiedError {
    /// By what is the matter.
    public var exitClass: ExitClass {
        switch self {
        case .missing, .vanished: .missingInput
        case .locked, .busy, .changedWhileRead: .unavailable
        case .cannotCreate: .cannotCreate
        case .notALedger, .newerSchema, .olderSchema, .damaged, .behind: .badData
        case .permissionDenied, .full, .quotaExceeded, .readOnlyDisk, .readOnly, .moved, .inputOutput: .inputOutput
        }
    }

    /// One line: the path first, then what is the matter.
    public var description: String {
        switch self {
        case .missing(let path): "\(path): there is no ledger here"
        case .vanished(let path, let traces):
            """
            \(path): there is no ledger here, and there was one, by \(traces.joined(separator: ", ")): put it back, or \
            restore the backup; availd run --new-ledger begins anew
            """
        case .behind(let path, let reason): "\(path): \(reason); start the daemon, which records that"
        case .moved(let path, let reason): "\(path): \(reason)"
        case .locked(let path, let pid?): "\(path): held by the availd with pid \(pid)"
        case .locked(let path, nil): "\(path): held by another availd"
        case .busy(let path): "\(path): locked by another program; try again"
        case .changedWhileRead(let path): "\(path): written to while it was being read; try again"
        case .cannotCreate(let path, let reason): "\(path): cannot be created: \(reason)"
        case .permissionDenied(let path, let reason): "\(path): permission denied: \(reason)"
        case .full(let path): "\(path): no space left on the disk (ENOSPC)"
        case .quotaExceeded(let path): "\(path): the disk quota is used up (EDQUOT)"
        case .readOnlyDisk(let path): "\(path): read-only: Read-only file system (EROFS)"
        case .readOnly(let path, let reason): "\(path): read-only: \(reason)"
        case .inputOutput(let path, let reason): "\(path): input/output error: \(reason)"
        case .damaged(let path, let reason): "\(path): damaged: \(reason)"
        case .notALedger(let path, let reason): "\(path): not a ledger of availd: \(reason)"
        case .newerSchema(let path): "\(path): written by a newer availd; this version cannot read it"
        case .olderSchema(let path): "\(path): of an older availd; start the daemon once to migrate it"
        }
    }
}

extension LedgerError {
    /// Whether it is for the disk alone, which is full or takes no change: that is waited for, also at a start.
    public var isWaitedFor: Bool {
        switch self {
        case .full, .quotaExceeded, .readOnlyDisk: true
        default: false
        }
    }
}
