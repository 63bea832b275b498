/// A target outside the provider's network, asked over one family of addresses: whether it answers tells whether the
/// monitor itself sees (semantics §10). Its samples are kept as evidence, and are part of no figure.
public struct Reference: Hashable, Sendable {
    /// Names its series of samples: no service can be called like that, since no identifier has a space.
    public let id: CheckID
    /// The family over which it is asked.
    public let family: IPFamily
    /// Whether its host is a name, so that it tells of the resolver as well.
    public let isNamed: Bool
    /// How it is asked, and how often.
    public let check: Check

    private static let prefix = "reference "

    /// A reference that is asked as `check` says, over `family` alone.
    ///
    /// - Parameter isNamed: whether the host is a name.
    public init(_ check: Check, family: IPFamily, isNamed: Bool) {
        var check = check
        check.probe.family = family == .ipv4 ? .ipv4 : .ipv6
        // Each failure is looked at again soon, however many there were: the end of a blindness is found so.
        check.confirm = .max
        id = CheckID(service: Self.prefix + family.name, check: check.probe.url)
        self.family = family
        self.isNamed = isNamed
        self.check = check
    }

    /// Whether it says anything of `domain`.
    public func tells(of domain: SightDomain) -> Bool {
        domain == .names ? isNamed : domain == SightDomain(family)
    }

    /// How long before the failure that completed the set a void may begin at the most, in ms (semantics §10).
    var reach: Milliseconds { 2 * check.interval + check.timeout }
}

extension CheckID {
    /// Whether it is a reference's, and no service's.
    public var isOfReference: Bool { service.contains(" ") }
}

extension Reference {
    /// The rhythm of references beside `checks`: that of the busiest of them, so that no check is asked more often than
    /// they are; that of a check by default where there is none.
    public static func rhythm(
        beside checks: [Check]
    ) -> (
        interval: Milliseconds, timeout: Milliseconds, retryInterval: Milliseconds
    ) {
        let busiest = checks.min { ($0.interval, $0.timeout) < ($1.interval, $1.timeout) }
        guard let busiest else { return (60_000, 10_000, 10_000) }
        return (busiest.interval, busiest.timeout, busiest.retryInterval)
    }
}
