/// Which outages are one incident: those that strike services with something in common, at about the same time.
enum SharedFate {
    /// How far the beginnings of outages with one cause may lie apart at the least, in ms; more where a service is
    /// looked at less often than that.
    static let window: Milliseconds = 300_000

    /// The index in `open` of the incident that an outage of `service` is part of; nil where it is one of its own.
    ///
    /// It is that in which an outage of the service is already; else the first that opened at about the same time,
    /// and that names the service, or shares an address or a group with it. So an incident that a person opened
    /// for another matter takes no outage in days later.
    static func index(
        in open: [Incident], of service: Service, _ outage: AffectedService, catalog: Catalog
    ) -> Int? {
        func names(_ incident: Incident, _ isKnown: (AffectedService) -> Bool) -> Bool {
            incident.services.contains { $0.service == service.id && isKnown($0) }
        }
        return open.lastIndex { names($0) { $0.downSince != nil } }
            ?? open.firstIndex { incident in
                isAtTheSameTime(incident, service, outage, catalog: catalog)
                    && (names(incident) { _ in true } || hasInCommon(incident, service, outage, catalog: catalog))
            }
    }

    private static func isAtTheSameTime(
        _ incident: Incident, _ service: Service, _ outage: AffectedService, catalog: Catalog
    ) -> Bool {
        guard let since = outage.downSince else { return false }
        let members = incident.services.compactMap { catalog.service($0.service) }
        let slowest = (members + [service]).flatMap(\.checks).map(\.interval).max() ?? 0
        // From the opening, so that one outage after the other cannot make a chain without end.
        return abs(since - incident.openedAt) <= max(window, slowest)
    }

    private static func hasInCommon(
        _ incident: Incident, _ service: Service, _ outage: AffectedService, catalog: Catalog
    ) -> Bool {
        let addresses = Set(incident.services.flatMap(\.addresses))
        return !addresses.isDisjoint(with: outage.addresses)
            || incident.services.compactMap { catalog.service($0.service) }
                .contains { !$0.groups.isDisjoint(with: service.groups) }
    }
}
