import SLA

/// What it takes to announce something: what this program can do, and what is left to people.
public struct AnnouncementWork: Sendable {
    /// For this program: e-mails and the public files.
    public private(set) var notices: [NoticeKey] = []
    /// For people.
    public private(set) var byHand: [NoticeByHand] = []
}

/// A notice that a person has to give.
public struct NoticeByHand: Hashable, Sendable {
    /// Of what, for whom, how.
    public let key: NoticeKey
    /// Why this program does not.
    public let reason: String

    /// What is to be done, and how that is recorded.
    var remark: FieldMessage {
        let whom = key.customer.map { " to \($0)" } ?? ""
        let head: FieldMessage =
            """
            by hand: \(key.channel.rawValue)\(whom), \(reason); then `availd maintenance delivered \(key.subject) \
            \(RequestField.channel) \(key.channel.rawValue)
            """
        guard let customer = key.customer else { return head + "`" }
        return head + " \(RequestField.customer) \(customer)`"
    }
}

extension NoticeComposer {
    /// What it takes to announce `subject` to the customers that `plan` affects, by the channels that each must be
    /// told by (clause 6.1).
    public func work(of subject: NoticeSubject, _ plan: MaintenancePlan) -> AnnouncementWork {
        var work = AnnouncementWork()
        let affected = plan.affected(of: catalog).map(\.customer)
        let required = affected.map { ($0, catalog.agreement.channels.required(for: $0)) }
        let all = Set(required.flatMap(\.1))
        if all.contains(.website) {
            work.send(NoticeKey(subject: subject, customer: nil, channel: .website))
        }
        if all.contains(.fanPage) {
            work.leave(NoticeKey(subject: subject, customer: nil, channel: .fanPage), "availd has no hand in it")
        }
        for (customer, channels) in required {
            let email = NoticeKey(subject: subject, customer: customer.id, channel: .email)
            if channels.contains(.email) {
                if settings.mail == nil {
                    work.leave(email, NoMail.noServer.reason)
                } else if customer.email == nil {
                    work.leave(email, NoMail.noAddress.reason)
                } else {
                    work.send(email)
                }
            }
            if channels.contains(.direct) {
                let direct = NoticeKey(subject: subject, customer: customer.id, channel: .direct)
                work.leave(direct, "see `availd maintenance calls`")
            }
        }
        return work
    }
}

extension AnnouncementWork {
    fileprivate mutating func send(_ key: NoticeKey) { notices.append(key) }

    fileprivate mutating func leave(_ key: NoticeKey, _ reason: String) {
        byHand.append(NoticeByHand(key: key, reason: reason))
    }
}
