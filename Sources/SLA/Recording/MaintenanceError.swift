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
    /// One line; instants in UTC.
    public var description: String { text(in: .utc) }

    /// One line; instants in `zone`.
    public func text(in zone: TimeZoneRules) -> String {
        switch self {
        case .nothingToCancel(let subject):
            "\(subject) has begun, is over or is cancelled already: there is nothing to cancel"
        case .noWindow(let subject):
            "\(subject) is over or cancelled: expected a window that lies ahead or is under way"
        case .tooLong(let window):
            "\(window) would be longer than \(DurationText.spoken(MaintenanceWindow.longest)), which no maintenance is"
        case .notLater(let window, let end):
            "not after the end of \(window), \(RFC3339.text(end, in: zone))"
        }
    }
}
