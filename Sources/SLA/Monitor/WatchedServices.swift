/// The services as the monitor follows them. It keeps the timelines that a report would build, so what is decided is
/// what the report will say.
struct WatchedServices: Sendable, Equatable {
    private(set) var catalog: Catalog
    /// The number of checks of all services.
    private(set) var checkCount: Int
    private var watches: RevertibleDictionary<String, ServiceWatch>
    /// In which nothing is to be decided of a service without news of it.
    private var quiet = RevertibleDictionary<String, Interval>()
    private var disordered = Revertible<Set<CheckID>>([])

    /// Nothing is watched yet.
    init(_ agreement: Agreement) {
        catalog = Catalog(agreement: agreement, customers: [], services: [])
        checkCount = 0
        watches = RevertibleDictionary()
    }

    // MARK: - Who is followed

    /// The services of `catalog` of which the history and the timelines must be read before they can be followed.
    func unread(in catalog: Catalog) -> [Service] {
        guard self.catalog.agreement.calendar == catalog.agreement.calendar else { return catalog.services }
        return catalog.services.filter { service in
            watches.current[service.id].map { !$0.isMeasured(as: service) } ?? true
        }
    }

    /// Follows the services of `catalog` from now on.
    ///
    /// - Parameters:
    ///   - history: what is recorded of those of ``unread(in:)``.
    ///   - timelines: what their samples say.
    mutating func update(_ catalog: Catalog, _ history: MonitorHistory, timelines: [CheckID: CheckTimeline]) {
        let unread = Set(unread(in: catalog).map(\.id))
        let alerts = Dictionary(grouping: history.alerts, by: \.subject)
        let states = Dictionary(
            history.transitions.map { ($0.service, $0.state) }, uniquingKeysWith: { _, last in last })
        var next: [String: ServiceWatch] = [:]
        for service in catalog.services {
            if !unread.contains(service.id), var watch = watches.current[service.id] {
                watch.update(service, under: catalog.agreement)
                next[service.id] = watch
                continue
            }
            var watch = ServiceWatch(
                service, under: catalog.agreement, latch: ServiceAlertLatch(from: alerts[service.id] ?? []),
                state: states[service.id])
            for check in service.checks {
                let id = CheckID(service: service.id, check: check.id)
                if let timeline = timelines[id] { watch.replace(timeline, of: check.id) }
            }
            next[service.id] = watch
        }
        watches = RevertibleDictionary(next)
        quiet = RevertibleDictionary()
        self.catalog = catalog
        checkCount = catalog.services.reduce(0) { $0 + $1.checks.count }
    }

    // MARK: - Samples

    /// Feeds what came in, in order of time. A sample that is earlier than one before it of its check has to
    /// be read with the others from the ledger.
    ///
    /// - Returns: the services that it touches.
    mutating func append(_ observations: [Observation]) -> Set<String> {
        var touched: Set<String> = []
        for observation in observations.sorted(by: { $0.sample.at < $1.sample.at }) {
            let (service, check) = (observation.check.service, observation.check.check)
            let isAppended = watches.update(service) { watch in
                guard watch.isInOrder(observation.sample, of: check) else { return false }
                watch.append(observation.sample, of: check, cause: observation.cause)
                return true
            }
            switch isAppended {
            case true?: touched.insert(service)
            case false?: disordered.update { _ = $0.insert(observation.check) }
            case nil: break
            }
        }
        return touched
    }

    /// The checks, among those that are followed, some of whose samples are not known here.
    var checksToRead: [(id: CheckID, check: Check)] {
        disordered.current.sorted { ($0.service, $0.check) < ($1.service, $1.check) }.compactMap { id in
            catalog.service(id.service)?.checks.first { $0.id == id.check }.map { (id, $0) }
        }
    }

    /// Has the checks of `imported` read again.
    mutating func readAgain(_ imported: Set<CheckID>) {
        let followed = imported.filter { watches.current[$0.service] != nil }
        if !followed.isEmpty { disordered.update { $0.formUnion(followed) } }
    }

    /// Replaces what is known of checks, by all their samples that are recorded.
    ///
    /// - Returns: the services that it touches.
    mutating func replace(_ timelines: [CheckID: CheckTimeline]) -> Set<String> {
        var touched: Set<String> = []
        for (id, timeline) in timelines where watches.update(id.service, { $0.replace(timeline, of: id.check) }) != nil
        {
            touched.insert(id.service)
        }
        if !disordered.current.isEmpty { disordered.update { $0.subtract(timelines.keys) } }
        return touched
    }

    // MARK: - Decisions

    /// Whether nothing is to be decided of `service` at `now`, unless it has news.
    func isQuiet(_ service: String, at now: Instant) -> Bool {
        quiet.current[service].map { $0.contains(now) } ?? false
    }

    /// What is new of `services` at `now`.
    mutating func decide(
        _ services: some Sequence<String>, now: Instant, exclusions: ExclusionIndex
    ) -> [ServiceWatch.Action] {
        let month = catalog.agreement.calendar.interval(ofMonthContaining: now)
        var actions: [ServiceWatch.Action] = []
        for service in services.sorted() {
            watches.update(service) { watch in
                // No figure of another month is asked for any more.
                watch.forget(before: month.start)
                actions += watch.decide(now: now, exclusions: exclusions)
            }
            quiet[service] = watches.current[service]?.quiet
        }
        return actions
    }

    /// The running month's figures of `service` at `now`: those of a report of that instant.
    mutating func figures(of service: String, at now: Instant, exclusions: ExclusionIndex) -> MonthToDate? {
        watches.update(service) { $0.figures(at: now, exclusions: exclusions) }
    }

    /// What has changed stays.
    mutating func commit() {
        watches.commit()
        quiet.commit()
        disordered.commit()
    }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() {
        watches.revert()
        quiet.revert()
        disordered.revert()
    }
}
