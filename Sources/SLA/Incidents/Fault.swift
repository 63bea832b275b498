/// From when on an outage is a fault that must be handled (clause W1): not in time that nobody has paid for (clause
/// 2), and not inside maintenance that was announced in time (clause 3.1). What overruns its window is a fault from
/// the window's end.
struct Fault {
    /// The first instant of it; nil while there is none.
    let start: Instant?
    /// When there may be one where there is none, as long as the clock does not step back.
    let nextChange: Instant

    /// The fault in an outage of `service` that has lasted since `since`.
    init(
        of service: Service, downSince since: Instant, under agreement: Agreement, _ exclusions: ExclusionIndex,
        now: Instant
    ) {
        // A clock that stepped back may know of an outage before it began.
        let began = min(since, now)
        let committed = service.paid.intersection(Interval(unchecked: began, .distantFuture))
        // The service of a customer who has left is down for ever.
        if committed.isEmpty {
            (start, nextChange) = (nil, .distantFuture)
            return
        }
        let maintenance = exclusions.concerning(service).filter { exclusion in
            began < exclusion.interval.end && Self.maintenance.contains(exclusion.category)
                && exclusion.refusal(under: agreement) == nil
        }
        let standing = maintenance.filter { $0.isInForce(asOf: now) }
        let first = committed.subtracting(IntervalSet(standing.map(\.interval))).intervals.first?.start
        if let first, first <= now {
            (start, nextChange) = (first, now)
            return
        }
        // Some may become known, or be revoked, before.
        let changes = maintenance.flatMap { [$0.recordedAt, $0.revokedAt].compactMap { $0 } }.filter { $0 > now }
        (start, nextChange) = (nil, min(first ?? .distantFuture, changes.min() ?? .distantFuture))
    }

    private static let maintenance: Set<ExclusionCategory> = [.scheduledMaintenance, .emergencyMaintenance]
}
