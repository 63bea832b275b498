/// Which outages are one incident: those that strike services with something in common, at about the same time.
enum CommonCause {
    /// How far the beginnings of outages with one cause may lie apart at the least, in ms; more where a service is
    /// probed less often than that.
    static let window: Milliseconds = 300_000

    /// The position in `open` of the incident that an outage of `service` is part of; nil where it is one of its own.
    ///
    /// It is that in which an outage of the service is already; else the first that opened at about the same time,
    /// and that names the service, or shares an address or a group with it. So an incident that a person opened
    /// for another matter takes no outage in days later.
    static func position(in open: OpenIncidents, of service: Service, _ outage: AffectedService) -> Int? {
        let own = open.positions(of: service.id)
        let known = own.last { open.all[$0].service(service.id)?.downSince != nil }
        if let known { return known }
        let near = open.positions(near: service, at: outage.addresses)
        return Set(own).union(near).sorted().first { isAtTheSameTime(open, $0, service, outage) }
    }

    private static func isAtTheSameTime(
        _ open: OpenIncidents, _ position: Int, _ service: Service, _ outage: AffectedService
    ) -> Bool {
        guard let since = outage.downSince else { return false }
        let slowest = max(open.slowestInterval(at: position), service.slowestInterval)
        // From the opening, so that one outage after the other cannot make a chain without end.
        return abs(since - open.all[position].openedAt) <= max(window, slowest)
    }
}
