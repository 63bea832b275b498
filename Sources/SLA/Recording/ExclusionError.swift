/// Why an exclusion was not recorded or not revoked. The ledger is as it was.
public enum ExclusionError: Error, Hashable, Sendable {
    /// There is one called `id` already, recorded at `recordedAt` (nil: known from the beginning) by `by`.
    case duplicate(id: String, recordedAt: Instant?, by: String)
    /// `id` is of the form that planned maintenance is called by.
    case reserved(id: String)
    /// There is none called `id`.
    case unknown(id: String)
    /// The one called `id` was revoked at `at` by `by` for `reason`.
    case alreadyRevoked(id: String, at: Instant, by: String, reason: String)
    /// Those called `ids` are recorded already, and say something else.
    case contradicted(ids: [String])
}

extension ExclusionError: CustomStringConvertible {
    /// A line for each; instants in UTC, as no other zone is known here.
    public var lines: [String] {
        guard case .contradicted(let ids) = self else { return [description] }
        return ids.map { "exclusion \($0) is recorded already, and says something else" }
    }

    /// The same, as one text.
    public var description: String {
        switch self {
        case .duplicate(let id, let recordedAt, let by):
            "exclusion \(id) exists, recorded" + Self.when(recordedAt) + Self.who(by)
        case .contradicted:
            lines.joined(separator: "\n")
        case .reserved(let id):
            "\(id) is what an exclusion of planned maintenance is called, expected another identifier"
        case .unknown(let id):
            MaintenanceClaim.isIdentifier(id)
                ? "\(id) is not recorded by itself, but follows from a plan: `availd maintenance cancel` ends that"
                : "there is no exclusion \(id)"
        case .alreadyRevoked(let id, let at, let by, let reason):
            "exclusion \(id) is already revoked," + Self.when(at) + Self.who(by) + (reason.isEmpty ? "" : ": \(reason)")
        }
    }

    private static func when(_ instant: Instant?) -> String {
        instant.map { " at \(RFC3339.text($0, in: .utc))" } ?? " from the beginning"
    }

    private static func who(_ name: String) -> String {
        name.isEmpty ? "" : " by \(name)"
    }
}
