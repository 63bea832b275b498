import Glibc

/// The limit of open files, which bounds how many probes can be in flight.
public enum OpenFiles {
    /// Files that are open beside those of probes: the ledger, logs, timers, sockets of the resolver, mail.
    private static let reserve = 128

    /// Raises the limit as far as the system allows.
    ///
    /// - Returns: how many sockets probes may have under it, at least 1.
    static func raiseLimit() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1 }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = limit.rlim_max
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        return max(1, Int(clamping: limit.rlim_cur) - reserve)
    }
}
