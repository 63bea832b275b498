/// The cases in which the commitment does not apply, in the order in which an instant is given to one where
/// several overlap (semantics §4, §5).
public enum ExclusionCategory: String, CaseIterable, Hashable, Sendable {
    /// Clauses 3.1 and 6.1.
    case scheduledMaintenance = "scheduled_maintenance"
    /// Clauses 3.1 and 6.2.
    case emergencyMaintenance = "emergency_maintenance"
    /// Clause 3.2: locked or ended for breach of the terms of use.
    case suspension
    /// Clause 3.3: configured wrongly, against the provider's guide.
    case customerMisconfiguration = "customer_misconfiguration"
    /// Clause 3.4: beyond the provider's control.
    case forceMajeure = "force_majeure"
    /// Clause 3.5: equipment, software or technology of others.
    case thirdParty = "third_party"

    /// The clauses of the commitment that it rests on.
    public var clauses: String {
        switch self {
        case .scheduledMaintenance: "3.1, 6.1"
        case .emergencyMaintenance: "3.1, 6.2"
        case .suspension: "3.2"
        case .customerMisconfiguration: "3.3"
        case .forceMajeure: "3.4"
        case .thirdParty: "3.5"
        }
    }
}

/// Which services something concerns.
public enum ScopeTerm: Hashable, Sendable {
    /// Every service.
    case all
    /// One service.
    case service(String)
    /// The services of one customer.
    case customer(String)
    /// The services of one group.
    case group(String)

    /// The term written `all`, `service:ID`, `customer:ID` or `group:NAME`, or nil.
    public init?(_ text: some StringProtocol) {
        if text == "all" {
            self = .all
            return
        }
        let parts = String(text).split(
            separator: ":" as Character, maxSplits: 1, omittingEmptySubsequences: false
        ).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        switch parts[0] {
        case "service": self = .service(parts[1])
        case "customer": self = .customer(parts[1])
        case "group": self = .group(parts[1])
        default: return nil
        }
    }

    /// As it is written.
    public var text: String {
        switch self {
        case .all: "all"
        case .service(let id): "service:\(id)"
        case .customer(let id): "customer:\(id)"
        case .group(let name): "group:\(name)"
        }
    }

    /// Whether it means `service`.
    public func includes(_ service: Service) -> Bool {
        switch self {
        case .all: true
        case .service(let id): service.id == id
        case .customer(let id): service.customer == id
        case .group(let name): service.groups.contains(name)
        }
    }
}

/// A claim that the commitment does not apply to some services for some time. It is never edited and never
/// deleted: it is revoked, and another is recorded (semantics §4).
public struct Exclusion: Hashable, Sendable {
    /// Its identifier, unique among all exclusions.
    public var id: String
    /// The case it claims.
    public var category: ExclusionCategory
    /// The services it concerns: those that any term means; at least one term.
    public var scope: [ScopeTerm]
    /// The time it claims.
    public var interval: Interval
    /// When the affected customers were told; nil where they were not.
    public var noticeAt: Instant?
    /// What proves it; empty where nothing is cited.
    public var evidence: String
    /// When it was recorded; nil where it was known from the beginning.
    public var recordedAt: Instant?
    /// Who recorded it; empty where that is not known.
    public var recordedBy: String
    /// When it was revoked; nil while it stands.
    public var revokedAt: Instant?

    /// An exclusion.
    public init(
        id: String, category: ExclusionCategory, scope: [ScopeTerm], interval: Interval, noticeAt: Instant? = nil,
        evidence: String = "", recordedAt: Instant? = nil, recordedBy: String = "", revokedAt: Instant? = nil
    ) {
        self.id = id
        self.category = category
        self.scope = scope
        self.interval = interval
        self.noticeAt = noticeAt
        self.evidence = evidence
        self.recordedAt = recordedAt
        self.recordedBy = recordedBy
        self.revokedAt = revokedAt
    }

    /// Whether it is known and stands at `asOf` (semantics §1): recorded by then, and not revoked by then.
    public func stands(asOf: Instant) -> Bool {
        (recordedAt ?? .distantPast) <= asOf && asOf < (revokedAt ?? .distantFuture)
    }

    /// Whether it concerns `service`.
    public func concerns(_ service: Service) -> Bool {
        scope.contains { $0.includes(service) }
    }
}
