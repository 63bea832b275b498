/// Why something was not recorded of an incident. The ledger is as it was.
public enum IncidentError: Error, Hashable, Sendable {
    /// There is none called `id`; the last one is numbered `last`, 0 where there is none at all.
    case unknown(id: String, last: Int64)
    /// It cannot be the next of the incident called `id`.
    case refused(id: String, IncidentRefusal)
    /// Something of some incident was recorded since the decision was made.
    case changed
}

extension IncidentError: CustomStringConvertible {
    /// One line; instants in UTC, as no other zone is known here.
    public var description: String { text(in: .utc) }

    /// One line; instants in `zone`.
    public func text(in zone: TimeZoneRules) -> String {
        switch self {
        case .unknown(let id, 0): "there is no incident \(id), and none at all"
        case .unknown(let id, let last): "there is no incident \(id); the last one is I\(last)"
        case .refused(let id, let refusal): "incident \(id): \(refusal.text(in: zone))"
        case .changed: "somebody else has just recorded something of an incident; try again"
        }
    }
}
