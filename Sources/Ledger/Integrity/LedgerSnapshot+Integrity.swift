import GRDB
import SLA

/// What tells whether the file is sound, and facts are kept from changes.
extension LedgerSnapshot {
    /// What SQLite finds wrong with the file, or where it finds nothing, rows that refer to none; empty where
    /// all is sound. With `quick`, what the tables and their indexes say of each other is not compared.
    /// - Throws: ``LedgerError``, but not `damaged`, which is an answer here.
    public func checkIntegrity(quick: Bool = false) throws -> [String] {
        do {
            return try SQLiteFailure(path: path).translating(db) {
                let problems = try String.fetchAll(db, sql: "PRAGMA \(quick ? "quick_check" : "integrity_check")")
                guard problems == ["ok"] else { return problems }
                return try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
                    let (table, parent): (String, String) = (row["table"], row["parent"])
                    return "a row of \(table) refers to none of \(parent)"
                }
            }
        } catch LedgerError.damaged(_, let reason) {
            return [reason]
        }
    }

    /// What is wrong with the triggers that refuse to change or delete facts, each as a sentence, and how many there
    /// should be.
    /// - Throws: ``LedgerError``.
    public func triggerProblems() throws -> (problems: [String], expected: Int) {
        let rows = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        let found = Dictionary(
            try rows.map {
                (try $0.decode(String.self, forColumn: "name"), try $0.decode(String.self, forColumn: "sql"))
            },
            uniquingKeysWith: { first, _ in first })
        var problems: [String] = []
        for table in Schema.tables {
            for operation in FactTable.refused {
                let name = table.refusalName(of: operation)
                switch found[name] {
                case nil:
                    problems.append("the trigger \(name) is missing: rows of \(table.name) could be changed unseen")
                case table.refusal(of: operation): break
                case _?: problems.append("the trigger \(name) was changed")
                }
            }
        }
        return (problems, Schema.tables.count * FactTable.refused.count)
    }
}
