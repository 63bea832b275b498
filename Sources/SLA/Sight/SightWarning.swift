/// What an operator should know about the references, once.
public enum SightWarning: Hashable, Sendable {
    /// A reference at `url` lies in the provider's own networks over a family: it is none.
    case ownNetwork(url: String, IPFamily)
    /// No reference has answered for a domain since the start, though checks are up for an hour: there are none for it.
    case neverAnswered(SightDomain)
}
