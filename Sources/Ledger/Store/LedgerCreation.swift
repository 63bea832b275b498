import Foundation
import GRDB

/// Makes a new ledger beside its place and moves it there whole, so that nobody ever finds half of one.
struct LedgerCreation {
    let directory: StateDirectory

    /// Creates the ledger unless there is one; two programs that try at once end up with the same one.
    ///
    /// - Parameter anew: also where something beside it says that there was one, but not beside the log of that one.
    /// - Returns: whether it was this call that made one.
    func createIfMissing(anew: Bool) throws -> Bool {
        guard !directory.hasLedger else { return false }
        let lock = try lockedDirectory()
        defer { close(lock) }
        guard !directory.hasLedger else { return false }
        let traces = directory.traces
        guard traces.isEmpty || anew && !directory.hasWriteAheadLog else {
            throw LedgerError.vanished(path: directory.ledger, traces: traces)
        }

        let draft = directory.ledger + ".new"
        // What a creation that was killed has left.
        discard(draft)
        do {
            close(try directory.open(draft, flags: O_WRONLY | O_EXCL))
            try build(draft)
            // Where another ledger has been says nothing about this one.
            HighWaterMark(directory: directory).remove()
            guard rename(draft, directory.ledger) == 0, fsync(lock) == 0 else {
                throw directory.failure(directory.ledger, SystemError.last)
            }
            return true
        } catch {
            discard(draft)
            throw error
        }
    }

    /// A descriptor of the directory with an exclusive lock, which ends when it is closed.
    private func lockedDirectory() throws -> Int32 {
        let descriptor = open(directory.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw directory.failure(directory.path, SystemError.last) }
        while flock(descriptor, LOCK_EX) != 0 {
            let code = SystemError.last
            if code == EINTR { continue }
            close(descriptor)
            throw directory.failure(directory.path, code)
        }
        return descriptor
    }

    private func build(_ draft: String) throws {
        try SQLiteFailure(path: directory.ledger).translating {
            let queue = try DatabaseQueue(path: draft)
            try Schema.migrate(queue)
            // WAL is a property of the file: every later connection finds it so. Closing removes the log.
            try queue.writeWithoutTransaction { db in
                _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
            }
            try queue.close()
        }
    }

    private func discard(_ draft: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(draft + suffix) }
    }
}
