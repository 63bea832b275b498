/// Why something was not recorded of an incident. The ledger is as it was.
public enum IncidentError: Error, Hashable, Sendable {
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
        case .refused(let id, let refusal): "incident \(id): \(refusal.text(in: zone))"
        case .changed: "somebody else has just recorded something of an incident; try again"
        }
    }
}
