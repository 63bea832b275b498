/// A table of facts: its rows are only ever added, and triggers refuse to change or delete them.
///
/// Instants are ms since the epoch, UTC. `docs/format/ledger.md` describes every column.
struct FactTable: Sendable {
    let name: String
    /// The SQL that makes it and its indexes. Once released it never changes: what is new is another version of the
    /// schema.
    let definition: String

    /// The operations that are refused on every row.
    static let refused = ["UPDATE", "DELETE"]

    /// The name of the trigger that refuses `operation`.
    func refusalName(of operation: String) -> String { "\(name)_no_\(operation.lowercased())" }

    /// The SQL that makes the trigger that refuses `operation`.
    func refusal(of operation: String) -> String {
        """
        CREATE TRIGGER \(refusalName(of: operation)) BEFORE \(operation) ON \(name)
        BEGIN SELECT RAISE(ABORT, '\(name): facts are only ever added'); END
        """
    }
}
