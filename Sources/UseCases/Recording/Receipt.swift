import Ledger
import Reporting
import SLA

/// What is answered to whoever had something recorded.
public protocol Receipt: Document {
    /// The columns of its CSV, of the members that its JSON has.
    static var columns: JSONColumns { get }
    /// What a person should know besides, a line each.
    var remarks: [FieldMessage] { get }
}

extension Receipt {
    /// Nothing, unless something is said: what a person needs of it, as its identifier, on a line.
    public var text: String { "" }
    /// None, unless some are said.
    public var remarks: [FieldMessage] { [] }
    /// The same for spreadsheets: a row an item.
    public var csv: String { json.csv(Self.columns) }
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
