/// The ways in which maintenance is announced (clause 6.1).
public enum NoticeChannel: String, CaseIterable, Hashable, Sendable {
    /// An e-mail to the customer.
    case email
    /// The provider's website.
    case website
    /// The provider's page on a social network.
    case fanPage = "fan_page"
    /// A call or a visit to a VIP customer.
    case direct

    /// Whether what is done there reaches every customer at once.
    public var isPublic: Bool {
        switch self {
        case .website, .fanPage: true
        case .email, .direct: false
        }
    }
}

/// Which channels a notice needs before it counts as given (clauses 6.1, 6.2).
public struct NoticeChannels: Hashable, Sendable {
    /// For every customer.
    public var everyone: Set<NoticeChannel>
    /// For VIP customers, besides those.
    public var vip: Set<NoticeChannel>

    /// The channels; e-mail, website and fan page, and direct contact for VIPs, unless the agreement says otherwise.
    public init(everyone: Set<NoticeChannel> = [.email, .website, .fanPage], vip: Set<NoticeChannel> = [.direct]) {
        self.everyone = everyone
        self.vip = vip
    }

    /// Those that `customer` must be told by, in the order in which the contract names them.
    public func required(for customer: Customer) -> [NoticeChannel] {
        NoticeChannel.allCases.filter { everyone.contains($0) || customer.isVIP && vip.contains($0) }
    }
}

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
