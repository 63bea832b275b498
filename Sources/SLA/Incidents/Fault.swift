/// From when on an outage is a fault that must be handled (clause W1): not in time that nobody has paid for (clause
/// 2), and not inside maintenance that was announced in time (clause 3.1). What overruns its window is a fault from
/// the window's end.
struct Fault {
    /// The first instant of it; nil while there is none.
    let start: Instant?

    /// The fault in an outage of `service` that has lasted since `since`.
    init(
        of service: Service, downSince since: Instant, under agreement: Agreement, _ exclusions: ExclusionIndex,
        now: Instant
    ) {
        // A clock that stepped back may know of an outage before it began.
        let lasted = Interval(unchecked: min(since, now), now + 1)
        let committed = service.paid.intersection(lasted)
        // The service of a customer who has left is down for ever, and asked about at every turn.
        if committed.isEmpty {
            start = nil
            return
        }
        let maintenance = exclusions.concerning(service).filter { exclusion in
            exclusion.interval.intersection(lasted) != nil && Self.maintenance.contains(exclusion.category)
                && exclusion.isInForce(asOf: now) && exclusion.refusal(under: agreement.notice) == nil
        }
        start = committed.subtracting(IntervalSet(maintenance.map(\.interval))).intervals.first?.start
    }

    private static let maintenance: Set<ExclusionCategory> = [.scheduledMaintenance, .emergencyMaintenance]
}
