/// Why a withdrawal of paid time was not ended. The ledger is as it was.
public enum TermsError: Error, Hashable, Sendable {
    /// There is no withdrawal called `id`.
    case unknown(id: String)
    /// The one called `id` was ended at `at` by `by` for `reason`.
    case alreadyReinstated(id: String, at: Instant, by: String, reason: String)
}

extension TermsError: CustomStringConvertible {
    /// One line; instants in UTC, as no other zone is known here.
    public var description: String {
        switch self {
        case .unknown(let id):
            "there is no withdrawal \(id)"
        case .alreadyReinstated(let id, let at, let by, let reason):
            "withdrawal \(id) is already reinstated, at \(RFC3339.text(at, in: .utc)) by \(by): \(reason)"
        }
    }
}
