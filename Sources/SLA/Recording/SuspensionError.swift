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
