/// Which outages are one incident: those that strike services with something in common, at about the same time.
enum CommonCause {
    /// How far the beginnings of outages with one cause may lie apart at the least, in ms; more where a service is
    /// probed less often than that.
    static let window: Milliseconds = 300_000

    /// The number of the incident in `open` that an outage of `service` is part of; nil where it is one of its own.
    ///
    /// It is that in which an outage of the service is already; else the first that opened at about the same time,
    /// and that names the service, or shares an address or a group with it. So an incident that a person opened
    /// for another matter takes no outage in days later.
    static func incident(in open: OpenIncidents, of service: Service, _ outage: AffectedService) -> Int64? {
        let own = open.numbers(of: service.id)
        if let known = own.last(where: { open[$0]?.service(service.id)?.downSince != nil }) { return known }
        return open.numbers(near: service, at: outage.addresses).first { isAtTheSameTime(open, $0, service, outage) }
    }

    private static func isAtTheSameTime(
        _ open: OpenIncidents, _ number: Int64, _ service: Service, _ outage: AffectedService
    ) -> Bool {
        guard let since = outage.downSince, let openedAt = open[number]?.openedAt else { return false }
        let slowest = max(open.slowestInterval(of: number), service.slowestInterval)
        // From the opening, so that one outage after the other cannot make a chain without end.
        return abs(since - openedAt) <= max(window, slowest)
    }
}
