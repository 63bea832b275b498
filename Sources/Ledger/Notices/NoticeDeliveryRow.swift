import GRDB
import SLA

/// A row of `notice_deliveries`: a notice that was given by hand.
struct NoticeDeliveryRow: FactRow {
    static let table = FactTable.noticeDeliveries

    var number: Int64?
    /// What it announces, as `M3`, `M3.2026-10-11` or `M3.x1`.
    var subject: String
    /// Nil where it is for everyone.
    var customer: String?
    var channel: String
    var at: Int64
    var recordedAt: Int64
    var by: String
    var answer: String

    enum CodingKeys: String, CodingKey {
        case number, subject, customer, channel, at, by, answer
        case recordedAt = "recorded_at"
    }

    init(_ delivery: NoticeDelivery) {
        subject = delivery.subject.description
        customer = delivery.customer
        channel = delivery.channel.rawValue
        at = delivery.at.milliseconds
        recordedAt = delivery.recordedAt.milliseconds
        by = delivery.by
        answer = delivery.answer
    }

    func delivery() throws -> NoticeDelivery {
        NoticeDelivery(
            subject: try parsed(subject, CodingKeys.subject) { NoticeSubject($0) }, customer: customer,
            channel: try named(channel, CodingKeys.channel), at: Instant(milliseconds: at),
            recordedAt: Instant(milliseconds: recordedAt), by: by, answer: answer)
    }
}
