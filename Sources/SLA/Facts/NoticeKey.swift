/// What tells one notice from another, whoever gives it: of what, for whom, how.
public struct NoticeKey: Hashable, Sendable {
    /// What it announces.
    public let subject: NoticeSubject
    /// Whom it is for; nil for everyone.
    public let customer: String?
    /// How.
    public let channel: NoticeChannel

    /// A notice of `subject`.
    public init(subject: NoticeSubject, customer: String?, channel: NoticeChannel) {
        self.subject = subject
        self.customer = customer
        self.channel = channel
    }
}

extension Notice {
    /// What tells it from others.
    public var key: NoticeKey { NoticeKey(subject: subject, customer: customer, channel: channel) }
}

extension NoticeDelivery {
    /// What tells it from others.
    public var key: NoticeKey { NoticeKey(subject: subject, customer: customer, channel: channel) }
}
