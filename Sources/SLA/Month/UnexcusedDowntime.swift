/// The downtime inside maintenance that is not in its exclusion, since the outage began before the notice was given: the
/// contract excuses interruptions by maintenance (semantics §4).
public struct UnexcusedDowntime: Hashable, Sendable {
    /// The exclusion's identifier.
    public let exclusion: String
    /// The case that it claims.
    public let category: ExclusionCategory
    /// The time that it claims of the service.
    let time: IntervalSet
    /// When its notice was given.
    public let noticeAt: Instant
    /// When the service went down, of an outage that may have unmeasured time in it.
    public let began: Instant
    /// What is not in the exclusion, inside committed time.
    public let downtime: IntervalSet

    /// What of `exclusion`, which is admitted, is not excused of `down`; nil where it is maintenance for nothing of it.
    init?(of exclusion: Exclusion, on service: Service, down: IntervalSet, _ disruptions: Disruptions) {
        guard exclusion.category.isMaintenance, let noticeAt = exclusion.noticeAt,
            let disruption = disruptions.lasting(over: noticeAt)
        else { return nil }
        time = exclusion.time(of: service)
        downtime = down.intersection(time).intersection(disruption)
        if downtime.isEmpty { return nil }
        (self.exclusion, category) = (exclusion.id, exclusion.category)
        self.noticeAt = noticeAt
        began = disruption.start
    }
}

extension UnexcusedDowntime {
    /// What the exclusion holds all the same.
    var held: IntervalSet { time.subtracting(downtime) }
}

extension [Exclusion] {
    /// Whether any is maintenance.
    var haveMaintenance: Bool { contains { $0.category.isMaintenance } }
}
