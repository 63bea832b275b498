import GRDB
import SLA

/// What is read of a table of facts, by the names of its columns, which are its coding keys.
protocol StoredRow: Decodable, FetchableRecord {
    /// The table that damage is reported of.
    static var table: FactTable { get }
}

/// A whole row of a table of facts, as it is read and added.
///
/// It holds what the columns hold; what they mean is made of it, and what cannot mean anything is ``ColumnDamage``.
protocol FactRow: StoredRow, Encodable, PersistableRecord {}

extension FactRow {
    static var databaseTableName: String { table.name }
}

/// A column that holds what it cannot.
struct ColumnDamage: Error {
    /// The column's name.
    let column: String
    /// What is wrong with what it holds.
    let reason: String

    init(_ column: some CodingKey, _ reason: String) {
        self.column = column.stringValue
        self.reason = reason
    }
}

extension StoredRow {
    /// The case whose name `column` holds.
    func named<Value: RawRepresentable<String>>(_ name: String, _ column: some CodingKey) throws -> Value {
        try parsed(name, column, Value.init)
    }

    /// What `parse` makes of the text that `column` holds.
    func parsed<Value>(_ text: String, _ column: some CodingKey, _ parse: (String) -> Value?) throws -> Value {
        guard let value = parse(text) else { throw ColumnDamage(column, "\(text) is no \(Value.self)") }
        return value
    }

    /// The time from `start` to `end`, in ms; `column` is the one that holds the end.
    func interval(_ start: Int64, _ end: Int64, _ column: some CodingKey) throws -> Interval {
        guard let interval = Interval(Instant(milliseconds: start), Instant(milliseconds: end)) else {
            throw ColumnDamage(column, "\(end) is not after \(start)")
        }
        return interval
    }

    /// The terms that `column` holds as JSON.
    func scope(_ text: String, _ column: some CodingKey) throws -> [ScopeTerm] {
        try JSONText.decode([String].self, from: text, column).map { try parsed($0, column) { ScopeTerm($0) } }
    }
}
