import Reporting
import SLA

/// What became of an announcement.
public struct AnnouncementReceipt: Receipt {
    /// What was announced.
    public let subject: NoticeSubject
    /// What is left to people.
    public let byHand: [NoticeByHand]
    /// The notices that this program gives, in the order in which they were wanted.
    let notices: [Notice]
    /// How notices were given, by this program or by hand.
    private let given: [NoticeKey: NoticeDelivery]
    private let by: String
    private let zone: TimeZoneRules

    /// A row a notice.
    public static let columns = JSONColumns(
        ["id", "by"], each: "notices", of: ["customer", "channel", "state", "wanted_at", "answer"])

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
        self.notices = latest.values.sorted { $0.number < $1.number }
        given = Dictionary(deliveries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Those of ``notices`` that are not given, in their order.
    var unsent: [Notice] { notices.filter { given[$0.key] == nil } }

    /// What is printed of it for people.
    public var text: String { unsent.isEmpty ? "announced \(subject)\n" : "" }

    /// What a person should know besides.
    public var remarks: [FieldMessage] { byHand.map(\.remark) }

    /// Why each notice that is not sent is not, and what happens next, a line each.
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
                "notices": .list(notices.map(object) + byHand.map(object)),
            ])
    }

    private func object(_ notice: Notice) -> JSONValue {
        object(
            notice.key, state: notice.lastResult?.outcome.rawValue ?? "wanted", wantedAt: notice.wantedAt,
            answer: notice.lastResult?.answer)
    }

    private func object(_ left: NoticeByHand) -> JSONValue {
        object(left.key, state: "by_hand", wantedAt: nil, answer: left.reason)
    }

    /// - Parameters:
    ///   - state: where it is not given.
    ///   - answer: likewise.
    private func object(_ key: NoticeKey, state: String, wantedAt: Instant?, answer: String?) -> JSONValue {
        let delivery = given[key]
        return .object([
            "customer": JSONValue(key.customer), "channel": .text(key.channel.rawValue),
            "state": .text(delivery == nil ? state : "delivered"), "wanted_at": .instant(wantedAt, zone),
            "answer": JSONValue(delivery?.answer ?? answer),
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

    /// A row a message.
    public static let columns = JSONColumns(
        ["id"], each: "messages", of: ["customer", "email", "subject", "body"])

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
