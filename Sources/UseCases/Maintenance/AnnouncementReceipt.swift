import Reporting
import SLA

/// What became of an announcement.
public struct AnnouncementReceipt: Receipt {
    /// What was announced.
    public let subject: NoticeSubject
    /// What is left to people.
    public let byHand: [NoticeByHand]
    /// Those that this program was to give and has not, in the order in which they were wanted.
    public let unsent: [Notice]
    private let by: String
    private let zone: TimeZoneRules

    init(
        subject: NoticeSubject, byHand: [NoticeByHand], _ notices: [Notice], _ deliveries: [NoticeDelivery],
        by: String, zone: TimeZoneRules
    ) {
        self.subject = subject
        self.byHand = byHand
        self.by = by
        self.zone = zone
        let latest = Dictionary(
            notices.filter { $0.subject == subject }.map { ($0.key, $0) }, uniquingKeysWith: { _, last in last })
        let done = Set(deliveries.map(\.key))
        unsent = latest.values.filter { !done.contains($0.key) }.sorted { $0.number < $1.number }
    }

    /// What is printed of it for people.
    public var text: String { unsent.isEmpty ? "announced \(subject)\n" : "" }

    /// What a person should know besides.
    public var remarks: [FieldMessage] { byHand.map(\.remark) }

    /// Why each of ``unsent`` is not sent, and what happens next, a line each.
    public var failures: [String] {
        unsent.map { notice in
            let whom = notice.customer.map { " to \($0)" } ?? ""
            let answer = notice.lastResult?.answer ?? "not tried yet"
            let next =
                notice.lastResult?.outcome == .refused
                ? "not tried again: mend it and announce again, or do it by hand" : "the daemon tries again"
            return "\(notice.channel.rawValue)\(whom) is not sent: \(answer) (\(next))"
        }
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "maintenance_announcement",
            [
                "id": .text(subject.description), "by": .text(by),
                "by_hand": .list(
                    byHand.map { left in
                        .object([
                            "channel": .text(left.key.channel.rawValue), "customer": JSONValue(left.key.customer),
                            "reason": .text(left.reason),
                        ])
                    }),
                "unsent": .list(
                    unsent.map { notice in
                        .object([
                            "channel": .text(notice.channel.rawValue), "customer": JSONValue(notice.customer),
                            "wanted_at": .instant(notice.wantedAt, zone),
                            "answer": JSONValue(notice.lastResult?.answer),
                            "is_final": .flag(notice.lastResult?.outcome == .refused),
                        ])
                    }),
            ])
    }
}

/// What an announcement would send.
public struct AnnouncementPreview: Receipt {
    /// What would be announced.
    public let subject: NoticeSubject
    /// The e-mail to each affected customer.
    public let messages: [(customer: Customer, text: NoticeText)]
    /// What is left to people.
    public let byHand: [NoticeByHand]

    /// What is printed of it for people.
    public var text: String {
        messages.map { customer, text in
            "To: \(customer.email ?? "-") (\(customer.id))\nSubject: \(text.subject)\n\n\(text.body)\n"
        }.joined()
    }

    /// What a person should know besides.
    public var remarks: [FieldMessage] { byHand.map(\.remark) }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "maintenance_announcement_preview",
            [
                "id": .text(subject.description),
                "messages": .list(
                    messages.map { customer, text in
                        .object([
                            "customer": .text(customer.id), "email": JSONValue(customer.email),
                            "subject": .text(text.subject), "body": .text(text.body),
                        ])
                    }),
            ])
    }
}
