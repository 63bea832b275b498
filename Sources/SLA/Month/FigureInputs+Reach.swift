/// How far back samples are needed: a month's maintenance excuses nothing of an outage that began before its notice, and
/// that may have been before the month (semantics §4).
extension FigureInputs {
    /// The timeline of `service`, made by `read` of the samples that cover a time: the month, and before it, step by step
    /// further, as much as tells when an outage began that reaches into the month's maintenance.
    ///
    /// - Parameters:
    ///   - earliest: when the first sample was taken of any of its checks; nil where there is none.
    ///   - read: makes the timeline of every sample that covers a time, right inside it.
    /// - Returns: the timeline, and from when on it is right; the month's beginning as a rule.
    public func timeline(
        of service: Service, since earliest: () throws -> Instant?, read: (Interval) throws -> ServiceTimeline
    ) rethrows -> (timeline: ServiceTimeline, from: Instant) {
        var look = LookBack(from: period.start)
        var timeline = try read(period)
        var first: Instant?
        while isOpen(timeline, of: service, from: look.from) {
            first = try first ?? earliest() ?? .distantFuture
            guard let from = look.next(before: [first, timeline.downtime.intervals.first?.start]) else { break }
            timeline = try read(Interval(unchecked: from, period.end))
        }
        return (timeline, look.from)
    }

    /// Whether an outage reaches into maintenance of the month that may have begun before `from`.
    private func isOpen(_ timeline: ServiceTimeline, of service: Service, from: Instant) -> Bool {
        let maintenance = exclusions.filter { exclusion in
            exclusion.category.isMaintenance && exclusion.isInForce(asOf: asOf) && exclusion.concerns(service)
                && exclusion.interval.intersection(period) != nil
                && exclusion.refusal(under: catalog.agreement) == nil
        }
        if maintenance.isEmpty { return false }
        let disruptions = Disruptions(timeline, after: from)
        guard let first = disruptions.intervals.first, disruptions.mayBeOlder(at: first.end) else { return false }
        return maintenance.contains { $0.interval.intersection(first) != nil }
    }
}
