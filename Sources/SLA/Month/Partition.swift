/// Every millisecond of a service's committed time, each in exactly one class (semantics §5).
///
///     committed   ├──────────────────────────────────────────────┤
///     excluded              ├──────────┤                             inside an admitted exclusion
///     unmeasured                             ├────┤                  else nobody knows
///     down                             ├─────┤                       else down
///     up          ├─────────┤                     ├──────────────┤   else up
public struct Partition: Hashable, Sendable {
    /// The paid part of the period.
    public let committed: IntervalSet
    /// Where it counts as up.
    public let up: IntervalSet
    /// Where it counts as down.
    public let down: IntervalSet
    /// Where nobody knows.
    public let unmeasured: IntervalSet
    /// Where the commitment does not apply, by category; disjoint.
    public let excluded: [ExclusionCategory: IntervalSet]

    /// What maintenance does not hold although it lies in its time, by the beginning of the exclusions.
    public let unexcused: [UnexcusedDowntime]

    /// Where it counts as available: up, and with `forgiven` also what is pardoned.
    public let available: IntervalSet

    /// The time inside admitted exclusions, whichever way it counts.
    let claimed: IntervalSet
    /// Down at the longest, outside every admitted exclusion.
    let longestDown: IntervalSet
    /// Unmeasured at the longest, outside every admitted exclusion.
    let longestUnmeasured: IntervalSet
    /// Down at the shortest, outside every admitted exclusion.
    let shortestDown: IntervalSet

    /// Parts `committed` time of `service`.
    public init(
        of service: Service, committed: IntervalSet, timeline: ServiceTimeline, admitted: [Exclusion],
        policy: ExcludedTime
    ) {
        let disruptions = admitted.haveMaintenance ? Disruptions(timeline) : nil
        self.init(
            of: service, committed: committed, timeline: timeline, admitted: admitted, policy: policy,
            disruptions: disruptions)
    }

    /// - Parameter disruptions: those of the service that reach into `committed`; needed where maintenance is admitted.
    init(
        of service: Service, committed: IntervalSet, timeline: ServiceTimeline, admitted: [Exclusion],
        policy: ExcludedTime, disruptions: Disruptions?
    ) {
        self.committed = committed
        let measuredUp = timeline.up.intersection(committed)
        let measuredDown = timeline.down.intersection(committed)
        unexcused =
            disruptions.map { disruptions in
                admitted.compactMap { UnexcusedDowntime(of: $0, on: service, down: measuredDown, disruptions) }
            } ?? []
        let claims = Self.claims(of: admitted, on: service, without: unexcused, in: committed)
        claimed = claims.values.reduce(.empty) { $0.union($1) }

        down = measuredDown.subtracting(claimed)
        switch policy {
        case .removed:
            up = measuredUp.subtracting(claimed)
            unmeasured = committed.subtracting(claimed).subtracting(up).subtracting(down)
            excluded = claims
            available = up
        case .forgiven:
            up = measuredUp
            unmeasured = committed.subtracting(measuredUp).subtracting(measuredDown)
            excluded = claims.mapValues(measuredDown.intersection)
            available = up.union(measuredDown.subtracting(down))
        }
        longestDown = timeline.longestDown.intersection(committed).subtracting(claimed)
        longestUnmeasured = committed.subtracting(claimed).subtracting(longestDown).subtracting(timeline.longestUp)
        shortestDown = timeline.shortestDown.intersection(committed).subtracting(claimed)
    }

    /// What each category holds of `committed`, an instant that several claim going to the first in order.
    private static func claims(
        of admitted: [Exclusion], on service: Service, without unexcused: [UnexcusedDowntime],
        in committed: IntervalSet
    ) -> [ExclusionCategory: IntervalSet] {
        // What one of them may not hold, another of the same category may.
        let partial = Set(unexcused.map(\.exclusion))
        var claims: [ExclusionCategory: IntervalSet] = [:]
        var taken = IntervalSet.empty
        for category in ExclusionCategory.allCases {
            let own = admitted.lazy.filter { $0.category == category && !partial.contains($0.id) }
            let cut = unexcused.filter { $0.category == category }
            let claim = cut.reduce(IntervalSet(own.flatMap { $0.time(of: service).intervals })) { $0.union($1.held) }
                .intersection(committed).subtracting(taken)
            if claim.isEmpty { continue }
            claims[category] = claim
            taken = taken.union(claim)
        }
        return claims
    }

    /// The time in all categories together, in ms.
    public var excludedLength: Milliseconds {
        excluded.values.reduce(0) { $0 + $1.length }
    }
}
