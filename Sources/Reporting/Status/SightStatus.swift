import SLA

/// What `availd status` says of the monitor itself: whether it sees one domain (semantics §10).
public struct SightStatus: Sendable {
    /// What it sees, or not.
    public let domain: SightDomain
    /// Since when it is blind; nil where it is not.
    public let blindSince: Instant?
    /// How many references there are.
    public let references: Int
    /// How many of them answered when they were last asked.
    public let answering: Int
    /// When one was last asked; nil where none was.
    public let lastAskedAt: Instant?

    /// A status.
    public init(
        _ domain: SightDomain, blindSince: Instant?, references: Int, answering: Int, lastAskedAt: Instant?
    ) {
        self.domain = domain
        self.blindSince = blindSince
        self.references = references
        self.answering = answering
        self.lastAskedAt = lastAskedAt
    }

    /// In a word: `sees`, `blind`, or `unknown` where no reference has answered and none of its time is a void.
    var state: String {
        if blindSince != nil { return "blind" }
        return answering > 0 ? "sees" : "unknown"
    }

    /// As a part of the line for people.
    func text(in zone: TimeZoneRules) -> String {
        let name =
            switch domain {
            case .ipv4: "IPv4"
            case .ipv6: "IPv6"
            case .names: "names"
            }
        let since = blindSince.map { " since \(RFC3339.text($0, in: zone))" } ?? ""
        return "\(name) \(state)\(since) (\(answering) of \(references) references answer)"
    }

    /// As a member of the document for programs.
    func json(in zone: TimeZoneRules) -> JSONValue {
        .object([
            "domain": .text(domain.rawValue), "state": .text(state),
            "blind_since": .instant(blindSince, zone),
            "references": JSONValue(references), "answering": JSONValue(answering),
            "last_asked_at": .instant(lastAskedAt, zone),
        ])
    }
}
