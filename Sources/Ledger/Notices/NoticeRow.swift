import GRDB
import SLA

/// A row of `notices`.
struct NoticeRow: FactRow {
    static let table = FactTable.notices

    var number: Int64?
    /// What it announces, as `M3`, `M3.2026-10-11` or `M3.x1`.
    var subject: String
    /// Nil where it is for everyone.
    var customer: String?
    var channel: String
    var wantedAt: Int64
    var wantedBy: String

    enum CodingKeys: String, CodingKey {
        case number, subject, customer, channel
        case wantedAt = "wanted_at"
        case wantedBy = "wanted_by"
    }

    init(_ notice: Notice) {
        subject = notice.subject.description
        customer = notice.customer
        channel = notice.channel.rawValue
        wantedAt = notice.wantedAt.milliseconds
        wantedBy = notice.wantedBy
    }

    func notice(_ attempts: [Int64: [Notice.Attempt]]) throws -> Notice {
        let number = number ?? 0
        return Notice(
            number: number, subject: try parsed(subject, CodingKeys.subject) { NoticeSubject($0) },
            customer: customer, channel: try named(channel, CodingKeys.channel),
            wantedAt: Instant(milliseconds: wantedAt), wantedBy: wantedBy, attempts: attempts[number] ?? [])
    }
}
