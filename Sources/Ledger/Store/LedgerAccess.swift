/// What a ledger is opened for.
public enum LedgerAccess: Hashable, Sendable {
    /// The daemon: reads and writes, creates and migrates, and holds `availd.lock` so that it is the only one.
    case daemon
    /// The command line, adding facts while the daemon may run: reads and writes, creates where there is
    /// nothing, leaves migrating to the daemon.
    case recorder
    /// Reports: reads only, with or without a daemon, also from a directory that it may not write to.
    case reader
}
