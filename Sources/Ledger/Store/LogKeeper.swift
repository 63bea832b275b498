import GRDB

/// Decides when the write-ahead log is moved into the database, so that it does not grow without bound.
///
/// A passive checkpoint waits for nobody, but moves only what no reader still needs. Where readers follow one
/// another without a gap it never comes to the end, and the log grows; then a truncating one makes writer and
/// readers wait for each other, at most for the busy timeout.
struct LogKeeper {
    /// What is left of the log's file when it starts over, in bytes; less than ``passiveLength``, or every
    /// commit would find the log too long.
    static let keptLength: Int64 = 1 << 20
    /// From this length on, in bytes, every commit is followed by a passive checkpoint.
    static let passiveLength: Int64 = 4 << 20
    /// At every multiple of this length, in bytes, one truncating checkpoint is tried.
    static let truncatingLength: Int64 = 64 << 20

    private var nextTruncation = truncatingLength

    /// The checkpoint that is due when the log is `length` bytes long.
    mutating func due(length: Int64) -> Database.CheckpointMode? {
        if length < Self.truncatingLength { nextTruncation = Self.truncatingLength }
        if length >= nextTruncation {
            nextTruncation = length + Self.truncatingLength
            return .truncate
        }
        return length >= Self.passiveLength ? .passive : nil
    }
}

extension Ledger {
    /// Runs the checkpoint that is due, if one is. It loses nothing where it fails: the commits are in the log,
    /// the next commit tries again, and where the disk is at fault, that commit says so.
    func keepLog() {
        guard let mode = logKeeper.withLock({ $0.due(length: directory.writeAheadLogLength) }) else { return }
        database.writeWithoutTransaction { db in
            // It may have been closed since the commit, and SQLite does not survive that.
            guard db.sqliteConnection != nil else { return }
            // The log is all that there is where the file is not what it was.
            if opened.withLock({ $0.check(db) }) == .sound { _ = try? db.checkpoint(mode) }
        }
    }
}
