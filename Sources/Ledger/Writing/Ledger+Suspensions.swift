import GRDB
import SLA

/// Locks and ends of services for breach of the terms of use (clause 3.2).
///
/// A lock is an exclusion without an end. What is recorded is never edited, so its end is a revocation and another
/// record, of the time that it lasted, in one transaction: as of any earlier instant it is open, as of any later one
/// it is closed, and at none is it missing.
extension Ledger {
    /// Records that the services of `exclusion` were locked or ended, as `details` say. An end takes the place of a
    /// lock of the same services that is open, which it closes.
    ///
    /// - Parameter exclusion: a suspension without an end; it is given the next free identifier.
    /// - Throws: ``SuspensionError/alreadySuspended(id:act:since:)``, ``LedgerError``.
    public func suspend(_ exclusion: Exclusion, details: ExclusionDetails, at now: Instant) throws -> Exclusion {
        try write { db in
            let open = try LedgerSnapshot(db: db, path: path).openSuspensions().first {
                Set($0.exclusion.scope) == Set(exclusion.scope)
            }
            if let open {
                guard open.details.act == .lock, details.act == .termination else {
                    throw SuspensionError.alreadySuspended(
                        id: open.exclusion.id, act: open.details.act ?? .lock, since: open.exclusion.interval.start)
                }
                _ = try close(
                    open, end: exclusion.interval.start, at: now, by: exclusion.recordedBy, reason: "ended", in: db)
            }
            return try insert(exclusion, details, into: db)
        }
    }

    /// Records that the lock called `id` ended at `end`, and gives the exclusion that now holds the time it lasted.
    ///
    /// - Throws: ``SuspensionError``, ``ExclusionError/unknown(id:)``, ``LedgerError``.
    public func unlock(id: String, end: Instant, at now: Instant, by: String, reason: String) throws -> Exclusion {
        try write { db in
            guard let lock = try LedgerSnapshot(db: db, path: path).exclusion(id) else {
                throw ExclusionError.unknown(id: id)
            }
            guard lock.details.act == .lock, lock.exclusion.isOpen, lock.exclusion.revokedAt == nil else {
                throw SuspensionError.notAnOpenLock(id: id)
            }
            guard let closed = try close(lock, end: end, at: now, by: by, reason: reason, in: db) else {
                throw SuspensionError.endsBeforeItBegins(id: id, start: lock.exclusion.interval.start)
            }
            return closed
        }
    }

    /// Revokes `lock` and records it again with an end; nil, and nothing recorded again, where that is not after its
    /// beginning.
    private func close(
        _ lock: RecordedExclusion, end: Instant, at now: Instant, by: String, reason: String, in db: Database
    ) throws -> Exclusion? {
        var closed = lock.exclusion
        try revoke(.init(id: closed.id, at: now, by: by, reason: reason), in: db)
        guard let interval = Interval(closed.interval.start, end) else { return nil }
        closed.id = ""
        closed.interval = interval
        closed.recordedAt = now
        closed.recordedBy = by
        return try insert(closed, lock.details, into: db)
    }
}

extension LedgerSnapshot {
    /// The locks and ends of services that are not over, in the order in which they were recorded.
    /// - Throws: ``LedgerError``.
    public func openSuspensions() throws -> [RecordedExclusion] {
        try exclusions().filter { $0.details.act != nil && $0.exclusion.isOpen && $0.exclusion.revokedAt == nil }
    }
}
