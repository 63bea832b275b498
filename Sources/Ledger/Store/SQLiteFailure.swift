import Foundation
import GRDB
import GRDBSQLite

/// Turns what SQLite and GRDB throw into a ``LedgerError``, so that neither's types leave the module.
struct SQLiteFailure {
    /// The database file that the errors name.
    let path: String

    /// Runs `body` on `db`, and throws what it throws as a ``LedgerError`` where it comes from SQLite.
    func translating<T>(_ db: Database? = nil, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw ledgerError(error, systemError: db.map { Self.systemError($0, error.extendedResultCode) } ?? 0)
        } catch let error as RowDecodingError {
            throw LedgerError.damaged(path: path, reason: "\(error)")
        }
    }

    /// The errno of the system call by whose failure `db` failed with `code`, also over the rollback that follows.
    ///
    /// SQLite keeps that of a write or a sync with the file, and with the connection only where no commit failed.
    private static func systemError(_ db: Database, _ code: ResultCode) -> Int32 {
        guard let connection = db.sqliteConnection else { return 0 }
        switch code {
        case .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_TRUNCATE: break
        default: return sqlite3_system_errno(connection)
        }
        // The files belong to the connection, which is open, and none of the pointers outlives this call.
        var number: CInt = 0
        var log: UnsafeMutablePointer<sqlite3_file>?
        sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log)
        if let log { _ = log.pointee.pMethods?.pointee.xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &number) }
        if number == 0 { sqlite3_file_control(connection, "main", SQLITE_FCNTL_LAST_ERRNO, &number) }
        return number
    }

    private func ledgerError(_ error: DatabaseError, systemError: Int32) -> LedgerError {
        let reason = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_FULL:
            return .full(path: path)
        case .SQLITE_IOERR:
            // Where it is not write(2) that fails, SQLite reports a full disk as an input/output error; and a full
            // quota and a read-only file system always.
            switch systemError {
            case ENOSPC: return .full(path: path)
            case EDQUOT: return .quotaExceeded(path: path)
            case EROFS: return .readOnlyDisk(path: path)
            // Some file systems that were made read-only for their errors name it where they are asked alone.
            case _ where SystemError.isReadOnly(path): return .readOnlyDisk(path: path)
            default: return .inputOutput(path: path, reason: reason + Self.suffix(systemError))
            }
        case .SQLITE_CORRUPT:
            return .damaged(path: path, reason: reason)
        case .SQLITE_NOTADB:
            return .notALedger(path: path, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
            return .busy(path: path)
        case .SQLITE_READONLY where SystemError.isReadOnly(path): return .readOnlyDisk(path: path)
        case .SQLITE_READONLY:
            return .readOnly(path: path, reason: "\(reason) (\(Self.name(ofReadOnly: error.extendedResultCode)))")
        case .SQLITE_CANTOPEN where systemError == EROFS || SystemError.isReadOnly(path):
            return .readOnlyDisk(path: path)
        case .SQLITE_CANTOPEN where systemError == ENOSPC: return .full(path: path)
        case .SQLITE_CANTOPEN where systemError == EDQUOT: return .quotaExceeded(path: path)
        case .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_CANTOPEN:
            return .permissionDenied(path: path, reason: reason)
        default:
            return .inputOutput(path: path, reason: reason)
        }
    }

    private static func name(ofReadOnly code: ResultCode) -> String {
        switch code {
        case .SQLITE_READONLY_RECOVERY: "SQLITE_READONLY_RECOVERY"
        case .SQLITE_READONLY_CANTLOCK: "SQLITE_READONLY_CANTLOCK"
        case .SQLITE_READONLY_ROLLBACK: "SQLITE_READONLY_ROLLBACK"
        case .SQLITE_READONLY_DBMOVED: "SQLITE_READONLY_DBMOVED"
        case .SQLITE_READONLY_CANTINIT: "SQLITE_READONLY_CANTINIT"
        case .SQLITE_READONLY_DIRECTORY: "SQLITE_READONLY_DIRECTORY"
        default: "SQLITE_READONLY"
        }
    }

    private static func suffix(_ code: Int32) -> String {
        code == 0 ? "" : " (\(SystemError.text(code)))"
    }
}

/// The C library's errors.
enum SystemError {
    /// The thread's errno, to be read at once after the call that failed.
    static var last: Int32 { errno }

    /// Whether the file system that `path` is on takes no change.
    static func isReadOnly(_ path: String) -> Bool {
        var system = statvfs()
        return statvfs(path, &system) == 0 && system.f_flag & UInt(ST_RDONLY) != 0
    }

    /// Whether what is open is a file, and no directory, pipe or device.
    static func isRegularFile(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// As strerror(3) words it.
    static func text(_ code: Int32) -> String {
        String(cString: strerror(code))
    }
}
