/// The open incidents, and what services have to do with them: so that an outage looks at the incidents that it may be
/// part of, and a recovery at those that name its service, however many are open.
struct OpenIncidents: Sendable, Equatable {
    /// The numbers of the incidents that services, addresses or groups are in, the lowest first.
    private typealias Index = RevertibleDictionary<String, [Int64]>

    private struct Entry: Sendable, Equatable {
        var incident: Incident
        /// The longest interval between probes of a service of it, in ms.
        var slowest: Milliseconds = 0
        /// How many of its services that are watched are not up.
        var notUp = 0
    }

    private var entries = RevertibleDictionary<Int64, Entry>()
    private var catalog: Catalog?
    private var states: RevertibleDictionary<String, ServiceState>

    private var byService = Index()
    private var byAddress = Index()
    private var byGroup = Index()

    /// No incidents, of services in `states`.
    init(states: [String: ServiceState]) {
        self.states = RevertibleDictionary(states)
    }

    /// Their numbers, in no order.
    var numbers: some Sequence<Int64> { entries.current.keys }

    /// The incident numbered `number`; nil where it is not open.
    subscript(number: Int64) -> Incident? { entries.current[number]?.incident }

    /// Takes `incidents` in place of what was known.
    mutating func replace(_ incidents: [Incident]) {
        entries = RevertibleDictionary(
            Dictionary(incidents.map { ($0.number, Entry(incident: $0)) }, uniquingKeysWith: { _, last in last }))
        indexAll()
    }

    /// Takes what is recorded of `incident` in place of what was known of it: one that has ended is open no more.
    mutating func merge(_ incident: Incident) {
        if let known = entries.current[incident.number] {
            for service in known.incident.services { removeFromIndex(service, of: incident.number) }
        }
        entries[incident.number] = incident.isOpen ? Entry(incident: incident) : nil
        guard incident.isOpen else { return }
        for service in incident.services { addToIndex(service, of: incident.number) }
    }

    /// The services are those of `catalog` from now on.
    ///
    /// - Returns: whether they are others than before.
    mutating func update(_ catalog: Catalog) -> Bool {
        guard catalog != self.catalog else { return false }
        self.catalog = catalog
        indexAll()
        return true
    }

    /// `service` is in `state`.
    mutating func set(_ service: String, to state: ServiceState) {
        let before = holdsUpRecovery(service)
        states[service] = state
        let after = holdsUpRecovery(service)
        if before == after { return }
        for number in byService.current[service] ?? [] { entries.update(number) { $0.notUp += after ? 1 : -1 } }
    }

    /// The latest incident that concerns `service`.
    func last(of service: String) -> Incident? {
        byService.current[service]?.last.flatMap { self[$0] }
    }

    /// Those that are over with the recovery of `service`: not recovered so far, and with nobody left who is down. One
    /// that is watched no longer holds nothing up.
    func recovered(by service: String) -> [Int64] {
        (byService.current[service] ?? []).filter { number in
            entries.current[number].map { $0.incident.recoveredAt == nil && $0.notUp == 0 } ?? false
        }
    }

    /// Those in which `service` is, in order.
    func numbers(of service: String) -> [Int64] { byService.current[service] ?? [] }

    /// Those that have `service`, an address or a group in common with an outage of `service`, in order; one may be
    /// there more than once.
    func numbers(near service: Service, at addresses: [String]) -> [Int64] {
        var lists = [byService.current[service.id] ?? []]
        lists += addresses.map { byAddress.current[$0] ?? [] }
        lists += service.groups.map { byGroup.current[$0] ?? [] }
        let found = lists.filter { !$0.isEmpty }
        return found.count < 2 ? found.first ?? [] : found.flatMap { $0 }.sorted()
    }

    /// The longest interval between probes of a service of the incident numbered `number`, in ms.
    func slowestInterval(of number: Int64) -> Milliseconds { entries.current[number]?.slowest ?? 0 }

    /// Appends what happened next to the open incident numbered `number`.
    mutating func append(_ event: IncidentEvent, to number: Int64) throws(IncidentRefusal) {
        try entries.update(number) { (entry) throws(IncidentRefusal) in try entry.incident.append(event) }
        // One that a person had named is in it already; its addresses are new.
        if case .serviceDown(let service) = event.change { addToIndex(service, of: number) }
    }

    /// What has changed stays.
    mutating func commit() {
        entries.commit()
        states.commit()
        byService.commit()
        byAddress.commit()
        byGroup.commit()
    }

    /// Everything is as it was at the last ``commit()``; who is watched is no change of that kind.
    mutating func revert() {
        entries.revert()
        states.revert()
        byService.revert()
        byAddress.revert()
        byGroup.revert()
    }

    // MARK: - The index

    private mutating func indexAll() {
        (byService, byAddress, byGroup) = (Index(), Index(), Index())
        entries = RevertibleDictionary(entries.current.mapValues { Entry(incident: $0.incident) })
        for (number, entry) in entries.current.sorted(by: { $0.key < $1.key }) {
            for service in entry.incident.services { addToIndex(service, of: number) }
        }
        commit()
    }

    private mutating func addToIndex(_ affected: AffectedService, of number: Int64) {
        let isNew = Self.insert(number, in: &byService, affected.service)
        for address in affected.addresses { _ = Self.insert(number, in: &byAddress, address) }
        guard isNew, let service = catalog?.service(affected.service) else { return }
        for group in service.groups { _ = Self.insert(number, in: &byGroup, group) }
        let isHeldUp = holdsUpRecovery(affected.service)
        entries.update(number) { entry in
            entry.slowest = max(entry.slowest, service.slowestInterval)
            if isHeldUp { entry.notUp += 1 }
        }
    }

    private mutating func removeFromIndex(_ affected: AffectedService, of number: Int64) {
        Self.remove(number, from: &byService, affected.service)
        for address in affected.addresses { Self.remove(number, from: &byAddress, address) }
        for group in catalog?.service(affected.service)?.groups ?? [] { Self.remove(number, from: &byGroup, group) }
    }

    private static func remove(_ number: Int64, from index: inout Index, _ key: String) {
        guard var numbers = index.current[key] else { return }
        numbers.removeAll { $0 == number }
        index[key] = numbers.isEmpty ? nil : numbers
    }

    /// Inserts `number` where its order says; whether it was not there.
    private static func insert(_ number: Int64, in index: inout Index, _ key: String) -> Bool {
        guard let numbers = index.current[key] else {
            index[key] = [number]
            return true
        }
        let place = numbers.partitionPoint { $0 >= number }
        if place < numbers.count, numbers[place] == number { return false }
        index.update(key) { $0.insert(number, at: place) }
        return true
    }

    private func holdsUpRecovery(_ service: String) -> Bool {
        states.current[service] != .up && catalog?.service(service) != nil
    }
}

extension Service {
    /// The longest interval of its checks, in ms; 0 without checks.
    var slowestInterval: Milliseconds { checks.map(\.interval).max() ?? 0 }
}
