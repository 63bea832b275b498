import Ledger
import Reporting
import SLA

/// What is answered to whoever had something recorded.
public protocol Receipt: Sendable {
    /// What a person needs of it, as its identifier, on a line; empty where there is nothing.
    var text: String { get }
    /// What a person should know besides, a line each.
    var remarks: [FieldMessage] { get }
    /// What was recorded, for programs.
    var json: JSONObject { get }
}

extension Receipt {
    /// Nothing, unless something is said.
    public var text: String { "" }
    /// None, unless some are said.
    public var remarks: [FieldMessage] { [] }
}

extension Recorded {
    /// The last fact that is of a kind, as it was recorded.
    ///
    /// - Parameter kind: what the kind holds; nil for other facts. One at least was recorded.
    func last<T>(_ kind: (Fact) -> T?) -> T {
        guard let last = facts.reversed().lazy.compactMap(kind).first else {
            preconditionFailure("what was decided was recorded")
        }
        return last
    }
}
