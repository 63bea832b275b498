/// What the monitor may be blind for, each by itself (semantics §10).
public enum SightDomain: String, CaseIterable, Codable, Hashable, Sendable {
    /// What is spoken to over IPv4.
    case ipv4
    /// What is spoken to over IPv6.
    case ipv6
    /// What names lead to: before an address is known, there is no family.
    case names

    /// What is spoken to over `family`.
    public init(_ family: IPFamily) {
        switch family {
        case .ipv4: self = .ipv4
        case .ipv6: self = .ipv6
        }
    }

    /// Where the probe that made `observation` had come to; nil where it had not begun, or nothing is known of it.
    init?(_ observation: Observation) {
        if let family = IPFamily(ofAddress: observation.address) {
            self.init(family)
        } else if observation.cause?.isOfName == true {
            self = .names
        } else {
            return nil
        }
    }
}

extension Cause {
    /// Whether, of a probe that has come to no address, it is that a name led nowhere: all but what the monitor did not
    /// do by itself.
    var isOfName: Bool {
        switch self {
        case .monitorStopping, .monitorStoodStill, .monitorHeardLate, .monitorMissed, .monitorCrowded, .monitorLacked,
            .misconfigured:
            false
        case .behindRedirect(_, let cause), .atAddress(_, _, let cause): cause.isOfName
        default: true
        }
    }
}

extension Observation {
    /// Whether what a reference was found with says that `domain` is seen.
    public func answers(for domain: SightDomain) -> Bool {
        if cause?.isOwnAddress == true { return false }
        // A name that has led to an address has led somewhere, whatever became of it there.
        return sample.state == .up || domain == .names && address != nil
    }

    /// When the probe had ended, as far as it is known, to the next whole ms; never before it began.
    var endedAt: Instant { Self.instant(phases.total, after: sample.at) }

    /// When that was seen of `domain` which ``answers(for:)`` it: a name has led somewhere before anybody answered there.
    func answeredAt(of domain: SightDomain) -> Instant {
        domain == .names ? Self.instant(phases.name ?? phases.total, after: sample.at) : endedAt
    }

    private static func instant(_ phase: Int64?, after start: Instant) -> Instant {
        start + (max(0, phase ?? 0) + 999) / 1000
    }
}
