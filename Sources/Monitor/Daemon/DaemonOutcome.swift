/// How a daemon ended that was told to stop.
public enum DaemonOutcome: Hashable, Sendable {
    /// Everything is done and recorded.
    case finished
    /// Everything is done, but the ledger did not take the last samples: they wait beside it, as far as there was room.
    case unrecorded
    /// Its time was up, and something still holds a part of it: syslog that takes nothing, or another's lock. The
    /// process is to end without waiting for it. `isRecorded` says whether the ledger has the last samples.
    case cutShort(isRecorded: Bool)
}
