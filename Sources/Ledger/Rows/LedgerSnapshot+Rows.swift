import GRDB
import SLA

/// How the rows of tables become values. Whatever a row cannot be is reported as damage, with its table and column.
extension LedgerSnapshot {
    /// The rows of `request` in its order, each as `value` makes it.
    func all<R: FactRow, Value>(
        _ request: QueryInterfaceRequest<R>, _ value: (R) throws -> Value
    ) throws -> [Value] {
        try all(R.self, Row.fetchCursor(db, request.asRequest(of: Row.self)), value)
    }

    /// The first row of `request`, as `value` makes it; nil where there is none.
    func first<R: FactRow, Value>(
        _ request: QueryInterfaceRequest<R>, _ value: (R) throws -> Value
    ) throws -> Value? {
        try all(request.limit(1), value).first
    }

    /// Every row of a table in the order of its numbers, each as `value` makes it.
    func every<R: FactRow, Value>(_ value: (R) throws -> Value) throws -> [Value] {
        try all(R.order(Column.rowID), value)
    }

    /// The rows that `rows` are, each as `value` makes it.
    func all<R: StoredRow, Value>(
        _ type: R.Type, _ rows: RowCursor, _ value: (R) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        while let row = try rows.next() {
            values.append(try reportingDamage(of: row, in: R.table) { try value(R(row: row)) })
        }
        return values
    }

    /// Runs `body`, and throws what it says of a column as ``LedgerError/damaged(path:reason:)``.
    private func reportingDamage<Value>(
        of row: Row, in table: FactTable, _ body: () throws -> Value
    ) throws -> Value {
        do {
            return try body()
        } catch let error as ColumnDamage {
            throw damaged(row, table, column: error.column, error.reason)
        } catch let error as RowDecodingError {
            // It names the column, and then everything that the row holds.
            let words = "\(error)".split(separator: ", row: ", maxSplits: 1)
            throw damaged(row, table, column: nil, words.first.map(String.init) ?? "\(error)")
        } catch let error as DecodingError {
            throw damaged(row, table, column: nil, "\(error)")
        }
    }

    private func damaged(_ row: Row, _ table: FactTable, column: String?, _ reason: String) -> LedgerError {
        // The first column of every table is the one that tells its rows from each other.
        let number = row.first.map { "\($0.1)" } ?? "?"
        let place = "row \(number) of \(table.name)" + (column.map { ", column \($0)" } ?? "")
        return .damaged(path: path, reason: "\(place): \(reason)")
    }
}
