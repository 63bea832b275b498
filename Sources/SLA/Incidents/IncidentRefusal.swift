/// Why an event cannot be the next of an incident.
public enum IncidentRefusal: Error, Hashable, Sendable {
    /// Nothing comes before the opening.
    case notOpened
    /// An incident opens once.
    case openedTwice
    /// It names no service.
    case noServices
    /// It ended at `at`, as its outcome says.
    case ended(IncidentOutcome, at: Instant, by: String)
    /// It was acknowledged at `at`.
    case acknowledgedTwice(at: Instant, by: String)
    /// It waits since `since`.
    case alreadyWaiting(since: Instant)
    /// It does not wait.
    case notWaiting
    /// The step lies before the step before it, which was at `previous`.
    case beforePrevious(previous: Instant)
    /// The event lies before the opening.
    case beforeOpening(openedAt: Instant)
    /// The event lies after it is recorded.
    case inFuture
    /// The words that must go with it are blank.
    case needsText(expected: String)
}

extension IncidentRefusal {
    /// One line; instants in `zone`.
    public func text(in zone: TimeZoneRules) -> String {
        func when(_ instant: Instant) -> String { RFC3339.text(instant, in: zone) }
        return switch self {
        case .notOpened: "it was never opened"
        case .openedTwice: "it is open already"
        case .noServices: "it names no service, expected at least one"
        case .ended(let outcome, let at, let by): "it is \(outcome.rawValue) already, at \(when(at)) by \(by)"
        case .acknowledgedTwice(let at, let by): "it is acknowledged already, at \(when(at)) by \(by)"
        case .alreadyWaiting(let since): "it waits already, since \(when(since))"
        case .notWaiting: "it does not wait for the customer"
        case .beforePrevious(let previous): "that is before the step before it, at \(when(previous))"
        case .beforeOpening(let openedAt): "that is before its opening, at \(when(openedAt))"
        case .inFuture: "that lies in the future"
        case .needsText(let expected): "found nothing, expected \(expected)"
        }
    }
}

extension IncidentRefusal: CustomStringConvertible {
    /// One line; instants in UTC.
    public var description: String { text(in: .utc) }
}
