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
    /// The recurring plan whose window it is; nil where it stands alone, or is no maintenance.
    public var plan: String?

    /// An exclusion.
    public init(
        id: String, category: ExclusionCategory, scope: [ScopeTerm], interval: Interval, noticeAt: Instant? = nil,
        evidence: String = "", recordedAt: Instant? = nil, recordedBy: String = "", revokedAt: Instant? = nil,
        plan: String? = nil
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
        self.plan = plan
    }

    /// Whether it is in force at `asOf` (semantics §1): recorded by then, and not revoked by then.
    public func isInForce(asOf: Instant) -> Bool {
        (recordedAt ?? .distantPast) <= asOf && asOf < (revokedAt ?? .distantFuture)
    }

    /// The time that it claims of `service`: while the service is in its scope.
    public func time(of service: Service) -> IntervalSet {
        if service.past == nil { return concerns(service) ? IntervalSet(interval) : .empty }
        return scope.reduce(IntervalSet.empty) { $0.union($1.time(of: service)) }.intersection(interval)
    }

    /// Whether it concerns `service` at any time.
    public func concerns(_ service: Service) -> Bool {
        scope.contains { $0.concerns(service) }
    }
}

extension Exclusion {
    /// It as it was known at `asOf`, where one that is revoked later stands; nil where it was not recorded yet
    /// (semantics §1).
    public func known(asOf: Instant) -> Exclusion? {
        guard (recordedAt ?? .distantPast) <= asOf else { return nil }
        var then = self
        if let revokedAt, revokedAt > asOf { then.revokedAt = nil }
        return then
    }
}
