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
}
