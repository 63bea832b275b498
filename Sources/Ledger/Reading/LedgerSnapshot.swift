import GRDB
import SLA

/// One consistent state of a ledger, for as long as the closure runs that it was given to.
public struct LedgerSnapshot {
    let db: Database
    let path: String

    /// The number of samples. It is counted: a ledger of a year takes seconds.
    /// - Throws: ``LedgerError``.
    public func sampleCount() throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT count(*) FROM samples") ?? 0
    }

    /// When the first sample of all was taken; nil where there is none. One look into the index per check.
    /// - Throws: ``LedgerError``.
    public func firstSampleAt() throws -> Instant? {
        try Int64.fetchOne(
            db, sql: "SELECT min((SELECT min(at) FROM samples WHERE series = series.id)) FROM series"
        ).map(Instant.init)
    }

    /// What happened to the daemon at or after `since`, in the order in which it was recorded.
    /// - Throws: ``LedgerError``.
    public func daemonEvents(since: Instant) throws -> [DaemonEvent] {
        try Row.fetchAll(
            db, sql: "SELECT kind, at, pid, version, text FROM daemon_events WHERE at >= ? ORDER BY id",
            arguments: [since.milliseconds]
        ).map { row in
            DaemonEvent(
                kind: try row.named(0, path: path), at: try row.instant(1), pid: try row.decode(Int32.self, atIndex: 2),
                version: try row.decode(String.self, atIndex: 3), text: try row.decode(String.self, atIndex: 4))
        }
    }

    /// The transitions of `service` known in `interval`, in the order in which they were recorded.
    /// - Throws: ``LedgerError``.
    public func transitions(of service: String, in interval: Interval) throws -> [Transition] {
        try transitions(
            where: "service = ? AND at >= ? AND at < ?",
            [service, interval.start.milliseconds, interval.end.milliseconds])
    }

    /// The last transition of every service that has one, sorted by service.
    /// - Throws: ``LedgerError``.
    public func latestTransitions() throws -> [Transition] {
        try transitions(where: "id IN (SELECT max(id) FROM transitions GROUP BY service)", [])
            .sorted { $0.service < $1.service }
    }

    private func transitions(where condition: String, _ arguments: StatementArguments) throws -> [Transition] {
        try Row.fetchAll(
            db, sql: "SELECT service, state, since, at FROM transitions WHERE \(condition) ORDER BY id",
            arguments: arguments
        ).map { row in
            Transition(
                service: try row.decode(String.self, atIndex: 0), state: try row.named(1, path: path),
                since: try row.instant(2), at: try row.instant(3))
        }
    }

    /// What SQLite finds wrong with the file, or where it finds nothing, rows that refer to none; empty where
    /// all is sound. With `quick`, what the tables and their indexes say of each other is not compared.
    /// - Throws: ``LedgerError``, but not `damaged`, which is an answer here.
    public func checkIntegrity(quick: Bool = false) throws -> [String] {
        do {
            return try SQLiteFailure(path: path).translating(db) {
                let problems = try String.fetchAll(db, sql: "PRAGMA \(quick ? "quick_check" : "integrity_check")")
                guard problems == ["ok"] else { return problems }
                return try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
                    let (table, parent): (String, String) = (row[0], row[2])
                    return "a row of \(table) refers to none of \(parent)"
                }
            }
        } catch LedgerError.damaged(_, let reason) {
            return [reason]
        }
    }
}
