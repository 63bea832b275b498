import GRDB
import SLA

extension FactWriter {
    func add(_ delivery: NoticeDelivery) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO notice_deliveries (subject, customer, channel, at, recorded_at, by, answer)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            delivery.subject.description, delivery.customer, delivery.channel.rawValue,
            delivery.at.milliseconds, delivery.recordedAt.milliseconds, delivery.by, delivery.answer,
        ])
    }

    func add(_ notice: Notice) throws -> Notice {
        try db.execute(
            sql: "INSERT INTO notices (subject, customer, channel, wanted_at, wanted_by) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                notice.subject.description, notice.customer, notice.channel.rawValue, notice.wantedAt.milliseconds,
                notice.wantedBy,
            ])
        var recorded = notice
        recorded.number = db.lastInsertedRowID
        return recorded
    }

    func add(_ attempt: NoticeAttempt) throws -> NoticeAttempt {
        try db.execute(
            sql: "INSERT INTO notice_attempts (notice, at, by) VALUES (?, ?, ?)",
            arguments: [attempt.notice, attempt.at.milliseconds, attempt.by])
        var recorded = attempt
        recorded.number = db.lastInsertedRowID
        return recorded
    }

    func add(_ result: Notice.Result, of attempt: Int64) throws {
        try db.execute(
            sql: "INSERT INTO notice_results (attempt, at, outcome, answer) VALUES (?, ?, ?, ?)",
            arguments: [attempt, result.at.milliseconds, result.outcome.rawValue, result.answer])
    }
}
