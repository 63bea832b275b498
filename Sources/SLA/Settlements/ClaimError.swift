/// Why nothing was said of a claim. The ledger is as it was.
public enum ClaimError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no claim called `id`.
    case unknown(id: String)

    /// One line.
    public var description: String {
        switch self {
        case .unknown(let id): "there is no claim \(id)"
        }
    }
}
