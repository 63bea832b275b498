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
