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
