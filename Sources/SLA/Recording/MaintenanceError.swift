/// Why maintenance was not cancelled or extended. The record is as it was.
public enum MaintenanceError: Error, Hashable, Sendable {
    /// Nothing that ``NoticeSubject`` means still lies ahead.
    case nothingToCancel(NoticeSubject)
    /// There is no window that could be extended: it is over, cancelled, or none of its plan.
    case noWindow(NoticeSubject)
    /// The window would be longer than ``MaintenanceWindow/longest``.
    case tooLong(NoticeSubject)
    /// The window ends at `end` already, not before the new end.
    case notLater(NoticeSubject, end: Instant)
}

extension MaintenanceError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nothingToCancel(let subject): "nothing of \(subject) lies ahead that could be cancelled"
        case .noWindow(let subject): "\(subject) has no window that could be extended"
        case .tooLong(let subject): "\(subject) would be longer than a window may be"
        case .notLater(let subject, _): "\(subject) ends then already, or later"
        }
    }
}
