/// The open incidents, and what services have to do with them: so that an outage looks at the incidents that it may be
/// part of, and a recovery at those that name its service, however many are open.
struct OpenIncidents: Sendable {
    /// What services, addresses or groups are in which incidents, by their positions.
    private typealias Positions = [String: Set<Int>]

    /// By number.
    private(set) var all: [Incident] = []
    private var catalog: Catalog?
    private var states: [String: ServiceState]

    private var byService: Positions = [:]
    private var byAddress: Positions = [:]
    private var byGroup: Positions = [:]
    /// Of each incident: the longest interval between probes of a service of it, in ms, and how many that are
    /// watched are not up.
    private var slowest: [Milliseconds] = []
    private var notUp: [Int] = []

    /// No incidents, of services in `states`.
    init(states: [String: ServiceState]) {
        self.states = states
    }

    /// Takes `incidents`, by number, in place of what was known.
    mutating func replace(_ incidents: [Incident]) {
        all = incidents
        index()
    }

    /// The services are those of `catalog` from now on.
    mutating func update(_ catalog: Catalog) {
        guard catalog != self.catalog else { return }
        self.catalog = catalog
        index()
    }

    /// `service` is in `state`.
    mutating func set(_ service: String, to state: ServiceState) {
        let before = holdsUpRecovery(service)
        states[service] = state
        let after = holdsUpRecovery(service)
        if before == after { return }
        for position in byService[service] ?? [] { notUp[position] += after ? 1 : -1 }
    }

    /// The latest incident that concerns `service`.
    func last(of service: String) -> Incident? {
        byService[service]?.max().map { all[$0] }
    }

    /// Those that are over with the recovery of `service`: not recovered so far, and with nobody left who is down. One
    /// that is watched no longer holds nothing up.
    func recovered(by service: String) -> [Int] {
        (byService[service] ?? []).filter { all[$0].recoveredAt == nil && notUp[$0] == 0 }.sorted()
    }

    /// Those in which `service` is, in order.
    func positions(of service: String) -> [Int] { (byService[service] ?? []).sorted() }

    /// Those that have an address or a group in common with an outage of `service`, in order.
    func positions(near service: Service, at addresses: [String]) -> [Int] {
        var found: Set<Int> = []
        for address in addresses { found.formUnion(byAddress[address] ?? []) }
        for group in service.groups { found.formUnion(byGroup[group] ?? []) }
        return found.sorted()
    }

    /// The longest interval between probes of a service of the incident at `position`, in ms.
    func slowestInterval(at position: Int) -> Milliseconds { slowest[position] }

    /// Adds an incident, with the highest number of all.
    mutating func add(_ incident: Incident) {
        all.append(incident)
        slowest.append(0)
        notUp.append(0)
        for service in incident.services { index(service, at: all.count - 1) }
    }

    /// Appends what happened next to the incident at `position`.
    mutating func append(_ event: IncidentEvent, at position: Int) throws(IncidentRefusal) {
        let count = all[position].services.count
        try all[position].append(event)
        if case .serviceDown(let service) = event.change {
            // One that a person had named is in it already; its addresses are new.
            if all[position].services.count > count {
                index(service, at: position)
            } else {
                for address in service.addresses { byAddress[address, default: []].insert(position) }
            }
        }
    }

    // MARK: - The index

    private mutating func index() {
        (byService, byAddress, byGroup) = ([:], [:], [:])
        slowest = all.map { _ in 0 }
        notUp = all.map { _ in 0 }
        for (position, incident) in all.enumerated() {
            for service in incident.services { index(service, at: position) }
        }
    }

    private mutating func index(_ affected: AffectedService, at position: Int) {
        byService[affected.service, default: []].insert(position)
        for address in affected.addresses { byAddress[address, default: []].insert(position) }
        guard let service = catalog?.service(affected.service) else { return }
        for group in service.groups { byGroup[group, default: []].insert(position) }
        slowest[position] = max(slowest[position], service.slowestInterval)
        if holdsUpRecovery(affected.service) { notUp[position] += 1 }
    }

    private func holdsUpRecovery(_ service: String) -> Bool {
        states[service] != .up && catalog?.service(service) != nil
    }
}

extension Service {
    /// The longest interval of its checks, in ms; 0 without checks.
    var slowestInterval: Milliseconds { checks.map(\.interval).max() ?? 0 }
}
