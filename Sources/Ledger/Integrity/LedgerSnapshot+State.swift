import Digests
import GRDB
import SLA

/// What tells whether facts are still all there: how many rows there are, and the triggers that keep them.
extension LedgerSnapshot {
    /// How many rows each table of facts has, and what they are, a line a table:
    /// `name TAB rows TAB greatest number TAB digest`.
    ///
    /// Tables whose rows have no number (the samples) are left out: a statement keeps its samples themselves. Of closed
    /// months the digest is `-`: they are sealed.
    /// - Throws: ``LedgerError``.
    public func state() throws -> String {
        try numberedTables().map { table in
            let greatest = try Int64.fetchOne(db, sql: "SELECT max(rowid) FROM \(table)") ?? 0
            let content = try content(of: table, through: greatest)
            return "\(table)\t\(content.rows)\t\(greatest)\t\(content.digest)\n"
        }.joined()
    }

    /// The tables whose rows are gone or others since `state` was taken, each as a sentence.
    /// - Throws: ``LedgerError``.
    public func losses(since state: String) throws -> [String] {
        let tables = Set(try numberedTables())
        return try state.split(separator: "\n" as Character).compactMap { line in
            let parts = line.split(separator: "\t" as Character).map(String.init)
            guard parts.count == 4, let rows = Int64(parts[1]), let greatest = Int64(parts[2]) else {
                return "the kept state of the ledger has the line \(line)"
            }
            guard tables.contains(parts[0]) else { return "the table \(parts[0]) is missing" }
            let now = try content(of: parts[0], through: greatest)
            if now.rows < rows { return "\(rows - now.rows) of \(rows) rows of \(parts[0]) are missing" }
            // Numbers that are not given in order may be taken later: then the digest says nothing.
            return now.rows == rows && now.digest != parts[3] ? "rows of \(parts[0]) were changed" : nil
        }
    }

    /// The rows of `table` up to the number `greatest`: how many, and the digest of them all.
    private func content(of table: String, through greatest: Int64) throws -> (rows: Int64, digest: String) {
        guard !SchemaVersion.statements.factTables.contains(table) else {
            let rows = try Int64.fetchOne(
                db, sql: "SELECT count(*) FROM \(table) WHERE rowid <= ?", arguments: [greatest])
            return (rows ?? 0, "-")
        }
        var (rows, digest, bytes) = (Int64(0), Digest(), [UInt8]())
        let added = Schema.columnsAdded(to: table)
        let cursor = try Row.fetchCursor(
            db, sql: "SELECT * FROM \(table) WHERE rowid <= ? ORDER BY rowid", arguments: [greatest])
        while let row = try cursor.next() {
            rows += 1
            // A row from before a column was added is what it was.
            for (column, value) in row where !added.contains(column) || !(value.isNull || value == 0.databaseValue) {
                Self.append(value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "\n"))
            guard bytes.count > 60_000 else { continue }
            digest.add(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        digest.add(bytes)
        return (rows, digest.text)
    }

    /// Adds `value` in a form that no other value has: `n`, `i7;`, `t3:abc`, `b3:…`.
    private static func append(_ value: DatabaseValue, to bytes: inout [UInt8]) {
        switch value.storage {
        case .null:
            bytes += "n".utf8
        case .int64(let number):
            bytes += "i\(number);".utf8
        case .double(let number):
            bytes += "r\(number.bitPattern);".utf8
        case .string(let text):
            bytes += "t\(text.utf8.count):".utf8
            bytes += text.utf8
        case .blob(let data):
            bytes += "b\(data.count):".utf8
            bytes += data
        }
    }

    /// The tables of facts whose rows have numbers, sorted.
    private func numberedTables() throws -> [String] {
        let numbered = try String.fetchAll(
            db, sql: "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND wr = 0")
        return Set(numbered).intersection(Schema.tables.map(\.name)).sorted()
    }
}
