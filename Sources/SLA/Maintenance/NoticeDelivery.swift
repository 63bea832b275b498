/// A channel that was done.
public struct NoticeDelivery: Hashable, Sendable {
    /// What was announced.
    public var subject: NoticeSubject
    /// Who was told; nil for everyone, where the channel is public.
    public var customer: String?
    /// How.
    public var channel: NoticeChannel
    /// When it was done.
    public var at: Instant
    /// When that was recorded; not earlier.
    public var recordedAt: Instant
    /// Who did it, or recorded it.
    public var by: String
    /// What proves it: a mail server's answer, a file, a link.
    public var answer: String

    /// Whether it counts: what was recorded afterwards needs evidence (semantics §4).
    public var isProven: Bool { at >= recordedAt || !answer.allSatisfy(\.isWhitespace) }

    /// A delivery.
    public init(
        subject: NoticeSubject, customer: String?, channel: NoticeChannel, at: Instant, recordedAt: Instant,
        by: String, answer: String
    ) {
        self.subject = subject
        self.customer = customer
        self.channel = channel
        self.at = at
        self.recordedAt = recordedAt
        self.by = by
        self.answer = answer
    }
}
