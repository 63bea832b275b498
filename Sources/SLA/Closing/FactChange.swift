/// A fact that is other than it was when a month was closed.
public struct FactChange: Hashable, Sendable, Codable {
    /// What the fact is of.
    public enum Kind: String, Hashable, Sendable, Codable {
        case agreement
        case terms
        case exclusion
        case correction
        case negotiation
        case claim
        case acceptance
        case samples
    }

    /// What it is of.
    public var kind: Kind
    /// Which one: a setting of the agreement, a service, an exclusion, a check.
    public var subject: String
    /// What happened to it, in a few words: `recorded`, `price 200 000 -> 250 000`.
    public var text: String
    /// Who did it; nil where that is not recorded.
    public var by: String?
    /// When, in ms since the epoch; nil where that is not recorded.
    public var at: Int64?
    /// The services it concerns; nil for all.
    public var services: [String]?

    /// A fact that changed.
    public init(
        kind: Kind, subject: String, text: String, by: String? = nil, at: Instant? = nil, services: [String]? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.text = text
        self.by = by
        self.at = at?.milliseconds
        self.services = services
    }

    /// Whether it concerns the service called `id`.
    public func concerns(_ id: String) -> Bool { services?.contains(id) ?? true }
}
