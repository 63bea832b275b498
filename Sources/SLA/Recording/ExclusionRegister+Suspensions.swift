/// Locks and ends of services for breach of the terms of use (clause 3.2).
///
/// A lock is an exclusion without an end. What is recorded is never edited, so its end is a revocation and another
/// record, of the time that it lasted, together: as of any earlier instant it is open, as of any later one it is
/// closed, and at none is it missing.
extension ExclusionRegister {
    /// The amendment that records that the services of `exclusion` are locked or ended at `now`, as `details` say. An
    /// end takes the place of a lock of the same services that is open, which it closes.
    ///
    /// - Parameter exclusion: a suspension without an end.
    /// - Throws: ``SuspensionError/alreadySuspended(id:act:since:)``, and what the ledger throws.
    public func suspending(
        _ exclusion: Exclusion, details: ExclusionDetails, at now: Instant
    ) throws -> ExclusionAmendment {
        var amendment = ExclusionAmendment()
        let open = try recorded.openSuspensions().first { Set($0.exclusion.scope) == Set(exclusion.scope) }
        if let open {
            guard open.details.act == .lock, details.act == .termination else {
                throw SuspensionError.alreadySuspended(
                    id: open.exclusion.id, act: open.details.act ?? .lock, since: open.exclusion.interval.start)
            }
            amendment = closing(
                open, end: exclusion.interval.start, at: now, by: exclusion.recordedBy, reason: "ended")
        }
        amendment.recording.append(ExclusionAmendment.Entry(exclusion, details: details))
        return amendment
    }

    /// The amendment that records at `now` that the lock called `id` ended at `end`: what it records is the time that
    /// the lock lasted.
    ///
    /// - Throws: ``SuspensionError``, ``ExclusionError/unknown(id:)``, and what the ledger throws.
    public func unlocking(
        _ id: String, end: Instant, at now: Instant, by: String, reason: String
    ) throws -> ExclusionAmendment {
        guard let lock = try exclusion(id) else { throw ExclusionError.unknown(id: id) }
        guard lock.isOpenSuspension, lock.details.act == .lock else { throw SuspensionError.notAnOpenLock(id: id) }
        let amendment = closing(lock, end: end, at: now, by: by, reason: reason)
        if amendment.recording.isEmpty {
            throw SuspensionError.endsBeforeItBegins(id: id, start: lock.exclusion.interval.start)
        }
        return amendment
    }

    /// Revokes `lock` and records it again with an end; nothing is recorded again where that is not after its
    /// beginning.
    private func closing(
        _ lock: RecordedExclusion, end: Instant, at now: Instant, by: String, reason: String
    ) -> ExclusionAmendment {
        var closed = lock.exclusion
        let revocation = ExclusionAmendment.Revocation(id: closed.id, at: now, by: by, reason: reason)
        guard let interval = Interval(closed.interval.start, end) else {
            return ExclusionAmendment(revoking: [revocation])
        }
        closed.id = ""
        closed.interval = interval
        closed.recordedAt = now
        closed.recordedBy = by
        return ExclusionAmendment(
            revoking: [revocation], recording: [ExclusionAmendment.Entry(closed, details: lock.details)])
    }
}

extension RecordedExclusion {
    /// Whether it is a lock or an end of services that is not over.
    public var isOpenSuspension: Bool { details.act != nil && exclusion.isOpen && exclusion.revokedAt == nil }
}

/// Why a service was not locked, unlocked or ended in the record (clause 3.2). The ledger is as it was.
public enum SuspensionError: Error, Hashable, Sendable {
    /// The same services are locked or ended already, since `since`, by the exclusion called `id`.
    case alreadySuspended(id: String, act: SuspensionAct, since: Instant)
    /// The exclusion called `id` is no lock that is open.
    case notAnOpenLock(id: String)
    /// The lock called `id` began at `start`, not before it is said to have ended.
    case endsBeforeItBegins(id: String, start: Instant)
}

extension SuspensionError: CustomStringConvertible {
    /// One line; instants in UTC, as no other zone is known here.
    public var description: String {
        switch self {
        case .alreadySuspended(let id, let act, let since):
            "already \(act == .lock ? "locked" : "ended") by exclusion \(id), since \(RFC3339.text(since, in: .utc))"
        case .notAnOpenLock(let id):
            "exclusion \(id) is no lock that is open"
        case .endsBeforeItBegins(let id, let start):
            "lock \(id) begins at \(RFC3339.text(start, in: .utc)), expected a later end"
        }
    }
}
