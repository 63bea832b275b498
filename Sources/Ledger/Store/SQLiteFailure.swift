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
            // SQLite keeps the errno of its last failed system call, also over the rollback that follows.
            throw ledgerError(error, systemError: db.map { sqlite3_system_errno($0.sqliteConnection) } ?? 0)
        } catch let error as RowDecodingError {
            throw LedgerError.damaged(path: path, reason: "\(error)")
        }
    }

    private func ledgerError(_ error: DatabaseError, systemError: Int32) -> LedgerError {
        let reason = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_FULL:
            return .full(path: path)
        case .SQLITE_IOERR:
            // Where it is not write(2) that fails, SQLite reports a full disk, and always a full quota, as
            // an input/output error.
            return systemError == ENOSPC || systemError == EDQUOT
                ? .full(path: path)
                : .inputOutput(path: path, reason: reason + Self.suffix(systemError))
        case .SQLITE_CORRUPT:
            return .damaged(path: path, reason: reason)
        case .SQLITE_NOTADB:
            return .notALedger(path: path, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
            return .busy(path: path)
        case .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_CANTOPEN, .SQLITE_READONLY:
            return .permissionDenied(path: path, reason: reason)
        default:
            return .inputOutput(path: path, reason: reason)
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

    /// As strerror(3) words it.
    static func text(_ code: Int32) -> String {
        String(cString: strerror(code))
    }
}
