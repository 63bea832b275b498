import Ledger
import SLA
import UseCases

/// Reads from the ledger what the monitor does not know yet: once a turn, and only what has changed.
struct NewsReader: Sendable {
    /// How many samples are read again in a turn, before the rest waits for the next.
    private static let mostSamples = 200_000
    /// How many checks are.
    private static let mostChecks = 2000

    /// The services as the configuration has them.
    private var configured: Catalog
    /// How far the ledger was when it was read last.
    private var known = LedgerVersions()
    private let clock: @Sendable () -> Now
    private let isStopping: @Sendable () -> Bool
    private let progress: @Sendable (Now) -> Void

    /// Why services that are new were not read to the end.
    struct Stopped: Error, CustomStringConvertible {
        var description: String { "the daemon is stopping" }
    }

    /// - Parameters:
    ///   - isStopping: whether nothing long is to be read any more.
    ///   - progress: called now and then where reading takes long.
    init(
        _ configured: Catalog, clock: @escaping @Sendable () -> Now, isStopping: @escaping @Sendable () -> Bool,
        progress: @escaping @Sendable (Now) -> Void
    ) {
        self.configured = configured
        self.clock = clock
        self.isStopping = isStopping
        self.progress = progress
    }

    /// What is new for `state`, and the time.
    ///
    /// - Parameters:
    ///   - catalog: what the configuration says from now on, where that is new.
    ///   - knownAt: since when it says so; nil for now.
    /// - Throws: `LedgerError`, and ``Stopped``; the next call reads the same and what has come since.
    mutating func read(
        _ ledger: any MonitorLedger, for state: MonitorState, following catalog: Catalog? = nil,
        knownAt: Instant? = nil
    ) throws -> (news: MonitorNews, now: Now) {
        let (news, versions, now) = try ledger.read { snapshot in
            let versions = try snapshot.versions()
            // Read after the snapshot was taken: whatever it shows was recorded before.
            let now = clock()
            var news = MonitorNews()
            if versions.corrections != known.corrections { news.corrections = try snapshot.corrections() }
            if versions.passes != known.passes { news.passEnds = try snapshot.passEnds() }
            if catalog != nil || versions.terms != known.terms {
                let services = try snapshot.watched(catalog ?? configured, now: knownAt ?? now.recordedAt)
                try readServices(services, for: state, snapshot, now, &news)
            }
            if versions.exclusions != known.exclusions {
                news.exclusions = try snapshot.exclusions().map(\.exclusion)
            }
            if versions.maintenance != known.maintenance { news.maintenance = try snapshot.maintenance() }
            if versions.incidents != state.incidentsVersion {
                news.incidents = MonitorNews.Incidents(
                    changed: try snapshot.incidents(changedSince: state.incidentsVersion),
                    lastNumber: try snapshot.lastIncidentNumber(), version: versions.incidents)
            }
            if versions.imports != known.imports {
                news.imported = try snapshot.importedChecks(since: known.imports)
            }
            try readAgain(for: state, snapshot, now, &news)
            return (news, versions, now)
        }
        known = versions
        if let catalog { configured = catalog }
        return (news, now)
    }

    /// Reads what is to be known of services that are not followed yet.
    private func readServices(
        _ catalog: Catalog, for state: MonitorState, _ snapshot: LedgerSnapshot, _ now: Now, _ news: inout MonitorNews
    ) throws {
        news.catalog = catalog
        let unread = state.unread(in: catalog)
        if unread.isEmpty { return }
        let period = catalog.agreement.calendar.interval(ofMonthContaining: now.wall)
        news.history = try snapshot.serviceHistory(period)
        news.timelinesFrom = period.start
        let rules = CorrectionIndex(
            try snapshot.corrections(), ends: try snapshot.passEnds(), at: now.wall, version: 0)
        var (count, reported) = (0, 0)
        for service in unread {
            if isStopping() { throw Stopped() }
            let corrections = rules.corrections(of: service)
            let measured = service.rules
            var timelines: [CheckTimeline] = []
            for check in measured.checks(from: period.start) {
                let id = CheckID(service: service.id, check: check)
                let timeline = try snapshot.checkTimeline(
                    id, SeriesRules(measured.rules(of: check), voids: corrections[check]), from: period.start,
                    ends: rules.ends, count: &count)
                news.timelines[id] = timeline
                timelines.append(timeline)
            }
            news.modes[service.id] = try snapshot.mode(of: service, in: period, rules)
            let isUp = ServiceTimeline.isUp(
                service, at: period.start, by: timelines, downtime: corrections.downtime)
            news.disrupted[service.id] =
                isUp ? nil : try snapshot.disruption(of: service, at: period.start, rules)
            if count - reported > Self.mostSamples {
                reported = count
                progress(clock())
            }
        }
    }

    /// Reads the checks again that some samples are not known of, as far as a turn may take.
    private func readAgain(
        for state: MonitorState, _ snapshot: LedgerSnapshot, _ now: Now, _ news: inout MonitorNews
    ) throws {
        let wanted = state.checksToRead
        if wanted.isEmpty { return }
        let catalog = news.catalog ?? state.catalog
        let period = catalog.agreement.calendar.interval(ofMonthContaining: now.wall)
        let ends = try news.passEnds ?? snapshot.passEnds()
        var rules: CorrectionIndex?
        var count = 0
        for it in wanted.prefix(Self.mostChecks) where count < Self.mostSamples && news.timelines[it.id] == nil {
            if let from = it.from {
                let again = try snapshot.samplesAgain(of: it.id, from: from, in: it.rules)
                count += again.reduce(0) { $0 + $1.samples.count }
                news.again[it.id] = again
            } else {
                news.timelines[it.id] = try snapshot.checkTimeline(
                    it.id, it.rules, from: period.start, ends: ends, count: &count)
                let known = try rules ?? CorrectionIndex(snapshot.corrections(), ends: ends, at: now.wall, version: 0)
                rules = known
                news.disrupted[it.id.service] = try catalog.service(it.id.service).flatMap {
                    try snapshot.disruption(of: $0, at: period.start, known)
                }
            }
        }
    }
}
