/// The services as the monitor follows them. It keeps the timelines that a report would build, so what is decided is
/// what the report will say.
struct WatchedServices: Sendable, Equatable {
    private(set) var catalog: Catalog
    /// The number of checks of all services.
    private(set) var checkCount: Int
    /// From how many transients of a day on it is said that a service flaps; nil where it never is.
    private var flapping: FlappingLimit?
    /// The checks that are in no figure.
    private var uncounted: Set<CheckID> = []
    private var watches: RevertibleDictionary<String, ServiceWatch>
    /// In which nothing is to be decided of a service without news of it.
    private var quiet = RevertibleDictionary<String, Interval>()
    /// The checks some of whose samples are not known here, or are read otherwise now, and from when on.
    private var disordered = Revertible<[CheckID: Instant]>([:])
    /// From when on timelines hold everything that is recorded.
    private var keptFrom = Revertible(Instant.distantPast)

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
            watches.current[service.id].map { !$0.canFollow(service) } ?? true
        }
    }

    /// Follows the services of `catalog` from now on.
    ///
    /// - Parameters:
    ///   - history: what is recorded of those of ``unread(in:)``.
    ///   - timelines: what their samples say.
    ///   - disrupted: since when those are disrupted at `start` that are.
    ///   - start: from when on the timelines say everything.
    ///   - modes: by which mode their checks made up their state then, where that is another than at first.
    mutating func update(
        _ catalog: Catalog, _ history: MonitorHistory, timelines: [CheckID: CheckTimeline],
        disrupted: [String: Instant] = [:], from start: Instant = .distantPast, modes: [String: CheckMode] = [:]
    ) {
        if !timelines.isEmpty { keptFrom.set(max(keptFrom.current, start)) }
        let unread = Set(unread(in: catalog).map(\.id))
        let alerts = Dictionary(grouping: history.alerts, by: \.subject)
        let transitions = Dictionary(
            history.transitions.map { ($0.service, $0) }, uniquingKeysWith: { _, last in last })
        var next: [String: ServiceWatch] = [:]
        for service in catalog.services {
            if !unread.contains(service.id), var watch = watches.current[service.id] {
                let again = watch.update(service, under: catalog.agreement)
                for (check, from) in again { readAgain(CheckID(service: service.id, check: check), from: from) }
                next[service.id] = watch
                continue
            }
            var watch = ServiceWatch(
                service, under: catalog.agreement, latch: ServiceAlertLatch(from: alerts[service.id] ?? []),
                last: transitions[service.id], from: start)
            let own = service.checks.filter { !$0.counts }.map(\.id)
            let pairs = own.compactMap { check in
                alerts[UncountedCheck.subject(of: CheckID(service: service.id, check: check))]?.last.map { (check, $0) }
            }
            watch.followUncounted(Dictionary(uniqueKeysWithValues: pairs))
            for check in watch.checks {
                if let timeline = timelines[CheckID(service: service.id, check: check)] {
                    watch.replace(timeline, of: check)
                }
            }
            if let mode = modes[service.id] { watch.begin(with: CombinationChange(from: start, mode: mode)) }
            watch.begin(disruptedSince: disrupted[service.id])
            next[service.id] = watch
        }
        watches = RevertibleDictionary(next)
        quiet = RevertibleDictionary()
        self.catalog = catalog
        checkCount = catalog.services.reduce(0) { $0 + $1.checks.count }
        uncounted = Set(
            catalog.services.flatMap { service in
                service.checks.filter { !$0.counts }.map { CheckID(service: service.id, check: $0.id) }
            })
    }

    /// Says that a service flaps from `limit` on; nil for never.
    mutating func announceFlapping(from limit: FlappingLimit?) { flapping = limit }

    // MARK: - Samples

    /// Feeds what came in, in order of time. A sample that is earlier than one before it of its check has to
    /// be read with the others from the ledger.
    ///
    /// - Returns: the services that it touches.
    mutating func append(_ observations: [Observation]) -> Set<String> {
        var touched: Set<String> = []
        let inOrder = observations.sorted { ($0.sample.pass, $0.sample.at) < ($1.sample.pass, $1.sample.at) }
        for observation in inOrder {
            let (service, check) = (observation.check.service, observation.check.check)
            let isAppended = watches.update(service) { watch in
                guard watch.isInOrder(observation.sample, of: check) else { return false }
                watch.append(observation.sample, of: check, cause: observation.cause)
                return true
            }
            switch isAppended {
            case true?: touched.insert(service)
            case false?: readAgain(observation.check, from: observation.sample.at)
            case nil: break
            }
        }
        return touched
    }

    /// The checks, among those that are followed, some of whose samples are not known here, or are read otherwise now.
    var checksToRead: [CheckToRead] {
        disordered.current.sorted { $0.key < $1.key }.compactMap { id, from in
            watches.current[id.service]?.series(of: id.check).map { rules in
                CheckToRead(id: id, rules: rules, from: from < keptFrom.current ? nil : from)
            }
        }
    }

    /// Has the checks of `imported` read again, each from an instant on.
    mutating func readAgain(_ imported: [CheckID: Instant]) {
        for (id, from) in imported where watches.current[id.service] != nil { readAgain(id, from: from) }
    }

    private mutating func readAgain(_ id: CheckID, from instant: Instant) {
        if let known = disordered.current[id], known <= instant { return }
        disordered.update { $0[id] = instant }
    }

    /// Replaces what is known of checks, by all their samples that are recorded.
    ///
    /// - Parameter disrupted: since when the services are disrupted where the timelines begin.
    /// - Returns: the services that it touches.
    mutating func replace(_ timelines: [CheckID: CheckTimeline], disrupted: [String: Instant] = [:]) -> Set<String> {
        let touched = take(timelines) { $0.replace($1, of: $2) }
        for service in touched {
            watches.update(service) { $0.begin(disruptedSince: disrupted[service]) }
        }
        return touched
    }

    /// Feeds samples of checks again.
    ///
    /// - Returns: the services that it touches.
    mutating func feedAgain(_ samples: [CheckID: [SamplesAgain]]) -> Set<String> {
        take(samples) { $0.readAgain($1, of: $2) }
    }

    private mutating func take<Value>(
        _ read: [CheckID: Value], _ body: (inout ServiceWatch, Value, String) -> Void
    ) -> Set<String> {
        var touched: Set<String> = []
        for (id, value) in read where watches.update(id.service, { body(&$0, value, id.check) }) != nil {
            touched.insert(id.service)
        }
        if !disordered.current.isEmpty {
            disordered.update { disordered in for id in read.keys { disordered[id] = nil } }
        }
        return touched
    }

    // MARK: - Decisions

    /// Whether `service` is followed, and not known to be down.
    func mayFall(_ service: String) -> Bool {
        watches.current[service].map { !$0.isKnownDown } ?? false
    }

    /// Whether `check` is watched, and in no figure of its service.
    func isUncounted(_ check: CheckID) -> Bool { uncounted.contains(check) }

    /// Whether nothing is to be decided of `service` at `now`, unless it has news.
    func isQuiet(_ service: String, at now: Instant) -> Bool {
        quiet.current[service].map { $0.contains(now) } ?? false
    }

    /// What is new of `services` at `now`.
    ///
    /// - Parameters:
    ///   - monotonic: the other clock at the same moment.
    ///   - corrections: with which their samples are read.
    ///   - isSteady: whether the wall clock can be relied on: then no figure of a month before is asked for any more.
    ///   - isDoubted: whether it may be wrong: then nothing is said of a month.
    ///   - waits: whether a check that is in no figure waits for what the references say.
    ///   - waited: since when those have failed that waited for what the references say.
    mutating func decide(
        _ services: some Sequence<String>, now: Instant, monotonic: MonotonicInstant? = nil,
        exclusions: ExclusionIndex, corrections: CorrectionIndex = CorrectionIndex(at: .distantPast, version: 0),
        isSteady: Bool = true, isDoubted: Bool = false, waited: [String: Instant] = [:],
        waits: (CheckID) -> Bool = { _ in false }
    ) -> [ServiceWatch.Action] {
        let month = catalog.agreement.calendar.interval(ofMonthContaining: now)
        if month.start < keptFrom.current { readEverythingAgain(from: month.start) }
        if isSteady, keptFrom.current < month.start { keptFrom.set(month.start) }
        var actions: [ServiceWatch.Action] = []
        for service in services.sorted() {
            let again = watches.update(service) { watch in
                let again = watch.correct(corrections)
                // What it holds is read otherwise now, so nothing is decided on it.
                guard again.isEmpty else { return again }
                if isSteady { watch.forget(before: month.start) }
                actions += watch.decide(
                    now: now, monotonic: monotonic, exclusions: exclusions, isDoubted: isDoubted,
                    waited: waited[service],
                    waits: { waits(CheckID(service: service, check: $0)) }, flapping: flapping)
                return again
            }
            for (check, from) in again ?? [:] { readAgain(CheckID(service: service, check: check), from: from) }
            quiet[service] = again?.isEmpty ?? true ? watches.current[service]?.quiet : nil
        }
        return actions
    }

    /// The clock showed a later month, and what was kept begins there.
    private mutating func readEverythingAgain(from start: Instant) {
        keptFrom.set(start)
        for service in catalog.services {
            for check in watches.current[service.id]?.checks ?? [] {
                readAgain(CheckID(service: service.id, check: check), from: .distantPast)
            }
        }
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
        keptFrom.commit()
    }

    /// Everything is as it was at the last ``commit()``.
    mutating func revert() {
        watches.revert()
        quiet.revert()
        disordered.revert()
        keptFrom.revert()
    }
}

/// A check some of whose samples are to be read, and how.
public struct CheckToRead: Sendable {
    /// The check.
    public let id: CheckID
    /// How its samples are read.
    public let rules: SeriesRules
    /// From when on; nil for everything.
    public let from: Instant?
}
