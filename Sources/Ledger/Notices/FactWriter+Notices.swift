import GRDB
import SLA

extension FactWriter {
    func add(_ delivery: NoticeDelivery) throws { try NoticeDeliveryRow(delivery).insert(db) }

    /// Adds `notice` under the next number, without its tries.
    func add(_ notice: Notice) throws -> Notice {
        try NoticeRow(notice).insert(db)
        var recorded = notice
        recorded.number = db.lastInsertedRowID
        return recorded
    }

    func add(_ attempt: NoticeAttempt) throws -> NoticeAttempt {
        try NoticeAttemptRow(attempt).insert(db)
        var recorded = attempt
        recorded.number = db.lastInsertedRowID
        return recorded
    }

    func add(_ result: Notice.Result, of attempt: Int64) throws {
        try NoticeResultRow(result, of: attempt).insert(db)
    }
}
