import Logging

/// Says in the log what hinders something, when that changes, and that nothing does any more; not at every try.
struct FailureLog {
    private let log: Logger
    private let what: String
    private let end: String?

    /// What hinders it now; nil where nothing does.
    private(set) var reason: String?

    /// Says `what`, followed by the reason; and `end`, where that is given, when it is over.
    init(_ log: Logger, _ what: String, end: String? = nil) {
        self.log = log
        self.what = what
        self.end = end
    }

    /// Notes what hinders it; nil where nothing does.
    mutating func note(_ reason: String?) {
        guard reason != self.reason else { return }
        self.reason = reason
        if let reason {
            log.error("\(what): \(reason)")
        } else if let end {
            log.notice("\(end)")
        }
    }
}
