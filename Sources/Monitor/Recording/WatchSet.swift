import Ledger
import SLA

/// The services as the daemon follows them. What a turn changes of them can be taken back, and only that is kept a
/// second time, however many services there are.
struct WatchSet {
    private(set) var catalog: Catalog
    /// The number of checks of all services.
    let checkCount: Int
    private var watches: [String: ServiceWatch] = [:]

    /// What was before this turn, of what it has changed.
    private var watchesBefore: [String: ServiceWatch] = [:]
    private var disorderedBefore: Set<CheckID>?

    /// Checks some of whose samples came out of order, to be read again from the ledger.
    private(set) var disordered: Set<CheckID> = []

    /// The services of `catalog`, brought to where the ledger is at `now`.
    ///
    /// - Parameter previous: the services as they were followed so far; one that is as it was goes on from there,
    ///   and needs nothing read.
    init(_ catalog: Catalog, continuing previous: WatchSet? = nil, ledger: Ledger, now: Instant) throws {
        self.catalog = catalog
        checkCount = catalog.services.reduce(0) { $0 + $1.checks.count }
        disordered = previous?.disordered ?? []
        let isOneZone = previous?.catalog.agreement.calendar == catalog.agreement.calendar
        let kept = isOneZone ? previous?.watches ?? [:] : [:]
        try ledger.read { snapshot in
            var told: [String: [Alert]] = [:]
            let period = catalog.agreement.calendar.interval(ofMonthContaining: now)
            for pair in ServiceAlertLatch.latches {
                for alert in try snapshot.latestAlerts(of: pair) { told[alert.subject, default: []].append(alert) }
            }
            for alert in try snapshot.alerts(of: BudgetAlertLatch.events, since: period.start) {
                told[alert.subject, default: []].append(alert)
            }
            let states = Dictionary(
                try snapshot.latestTransitions().map { ($0.service, $0.state) }, uniquingKeysWith: { _, last in last })
            for service in catalog.services {
                if var watch = kept[service.id], watch.service == service {
                    watch.update(catalog.agreement)
                    watches[service.id] = watch
                    continue
                }
                var watch = ServiceWatch(
                    service, under: catalog.agreement, latch: ServiceAlertLatch(from: told[service.id] ?? []),
                    state: states[service.id])
                for check in service.checks {
                    let timeline = try snapshot.checkTimeline(
                        CheckID(service: service.id, check: check.id), check, from: period.start)
                    watch.replace(timeline, of: check.id)
                }
                watches[service.id] = watch
            }
        }
    }

    /// The identifiers of all services.
    var services: [String] { catalog.services.map(\.id) }

    /// Feeds what came in, in order of time.
    ///
    /// - Returns: the services that it touches.
    mutating func append(_ observations: [Observation]) -> Set<String> {
        var touched: Set<String> = []
        for observation in observations.sorted(by: { $0.sample.at < $1.sample.at }) {
            let (service, check) = (observation.check.service, observation.check.check)
            guard let isInOrder = watches[service]?.isInOrder(observation.sample, of: check) else { continue }
            guard isInOrder else {
                if disorderedBefore == nil { disorderedBefore = disordered }
                disordered.insert(observation.check)
                continue
            }
            remember(service)
            watches[service]?.append(observation.sample, of: check, cause: observation.cause)
            touched.insert(service)
        }
        return touched
    }

    /// Has `checks`, where they are followed, read again with the next ``reorder(from:now:)``.
    mutating func readAgain(_ checks: Set<CheckID>) {
        disordered.formUnion(checks.filter { watches[$0.service] != nil })
    }

    /// Reads the checks of ``disordered`` again, after what came in has been committed.
    mutating func reorder(from ledger: Ledger, now: Instant) throws {
        let period = catalog.agreement.calendar.interval(ofMonthContaining: now)
        try ledger.read { snapshot in
            for id in disordered {
                guard let check = catalog.service(id.service)?.checks.first(where: { $0.id == id.check }) else {
                    continue
                }
                let timeline = try snapshot.checkTimeline(id, check, from: period.start)
                watches[id.service]?.replace(timeline, of: id.check)
            }
        }
        disordered = []
    }

    /// What is new of `services` at `now`.
    mutating func decide(
        _ services: some Sequence<String>, now: Instant, exclusions: ExclusionIndex
    ) -> [ServiceWatch.Action] {
        services.sorted().flatMap { service in
            remember(service)
            return watches[service]?.decide(now: now, exclusions: exclusions) ?? []
        }
    }

    // MARK: - The turn

    /// What this turn has changed is durable.
    mutating func keep() {
        watchesBefore.removeAll(keepingCapacity: watchesBefore.count < 1000)
        disorderedBefore = nil
    }

    /// Nothing came of this turn: everything is as it was.
    mutating func takeBack() {
        watches.merge(watchesBefore) { _, before in before }
        disordered = disorderedBefore ?? disordered
        keep()
    }

    private mutating func remember(_ service: String) {
        if watchesBefore[service] == nil { watchesBefore[service] = watches[service] }
    }

    /// The running month's figures of `service` at `now`: those of a report of that instant.
    mutating func figures(of service: String, at now: Instant, exclusions: ExclusionIndex) -> MonthToDate? {
        watches[service]?.figures(at: now, exclusions: exclusions)
    }

    /// Forgets what the month of `now` does not need.
    mutating func forget(before now: Instant) {
        let start = catalog.agreement.calendar.interval(ofMonthContaining: now).start
        for id in watches.keys {
            remember(id)
            watches[id]?.forget(before: start)
        }
    }
}

extension LedgerSnapshot {
    /// The check's timeline from `start` on, with every sample that is recorded: where the clock has stepped back,
    /// some are later than it shows, and they count when it gets there.
    fileprivate func checkTimeline(_ id: CheckID, _ check: Check, from start: Instant) throws -> CheckTimeline {
        var timeline = CheckTimeline(staleAfter: check.staleAfter, confirm: check.confirm)
        if let all = Interval(start, .distantFuture) {
            try samples(of: id, covering: all, asOf: .distantFuture) { timeline.append($0) }
        }
        timeline.forget(before: start)
        return timeline
    }
}
