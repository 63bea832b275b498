/// One service as the daemon follows it: samples in, decisions out. It performs nothing.
///
/// It keeps the same timelines that a report builds, so what it decides is what the report will say.
public struct ServiceWatch: Sendable, Equatable {
    /// What the watch has decided; the caller makes it durable, then known.
    public enum Action: Hashable, Sendable {
        case transition(Transition)
        case alert(Alert)
    }

    /// The service, as configured.
    public var service: Service { month.service }
    private var agreement: Agreement { month.agreement }
    private var month: RunningMonth
    private var latch: ServiceAlertLatch
    private var state: ServiceState?
    /// Since when, as far as it is recorded: what began before that was said.
    private var stateSince: Instant?
    /// How long the outage that is announced was before ``keptFrom``, in ms.
    private var downBefore: Milliseconds = 0
    private var causes: [String: Cause] = [:]
    /// The checks that are in no figure, by their identifiers.
    private var uncounted: [String: UncountedCheck] = [:]
    /// The time in which the monitor measured wrongly, of those.
    private var voids: [Viewpoint: SampleVoids] = [:]
    private var clock = OutageClock()
    /// The version of the corrections that the timelines are built with; nil where they may be others.
    private var corrected: Int?
    /// What ended before it is forgotten.
    private var keptFrom = Instant.distantPast
    /// In which nothing is to be decided unless a sample or a fact comes.
    private(set) var quiet: Interval?

    /// A watch without samples.
    ///
    /// - Parameters:
    ///   - last: the transition that was recorded last, so that a restart does not record it anew.
    ///   - start: from when on anything is asked of it.
    public init(
        _ service: Service, under agreement: Agreement, latch: ServiceAlertLatch = ServiceAlertLatch(),
        last: Transition? = nil, from start: Instant = .distantPast
    ) {
        month = RunningMonth(of: service, under: agreement, from: start)
        self.latch = latch
        (state, stateSince) = (last?.state, last?.since)
        followUncounted([:])
    }

    /// Those of its checks that are in no figure go on where `alerts` say that they were, the latest of each.
    mutating func followUncounted(_ alerts: [String: Alert]) {
        let known = uncounted
        uncounted = [:]
        for check in service.checks where !check.counts {
            let resumed = alerts[check.id].map { UncountedCheck(resuming: $0) }
            uncounted[check.id] = resumed ?? known[check.id] ?? UncountedCheck()
        }
    }

    /// The checks that are part of it at any time that is kept.
    var checks: [String] { month.names }

    /// Whether it can go on as the watch of `service` without reading a sample again.
    func canFollow(_ service: Service) -> Bool { month.canFollow(service) }

    /// The service is `service`, whose watch it can go on as, watched under `agreement` from now on; its calendar is
    /// the same.
    ///
    /// - Returns: the checks of which samples that were fed are to be read again, each with the instant from which on.
    public mutating func update(_ service: Service, under agreement: Agreement) -> [String: Instant] {
        corrected = nil
        let again = month.update(service, under: agreement)
        followUncounted([:])
        return again
    }

    /// Takes over the mode in which its checks made up its state where what is kept begins.
    mutating func begin(with known: CombinationChange) { month.begin(with: known) }

    /// Whether it was found down, and not otherwise since.
    var isKnownDown: Bool { state == .down }

    /// Whether `sample` can be fed as it comes: it is later than everything fed of its check.
    func isInOrder(_ sample: Sample, of check: String) -> Bool { month.isInOrder(sample, of: check) }

    /// Feeds a sample, later than every one of its check before it; one of a check that the service does not
    /// have is passed over.
    ///
    /// - Parameter cause: why it is not up, for the alert.
    public mutating func append(_ sample: Sample, of check: String, cause: Cause?) {
        if let known = service.checks.first(where: { $0.id == check && !$0.counts }) {
            uncounted[check]?.append(sample, of: known, cause: cause)
            return
        }
        month.append(sample, of: check)
        if sample.state == .down { causes[check] = cause }
    }

    /// Replaces what is known of a check.
    public mutating func replace(_ timeline: CheckTimeline, of check: String) {
        month.replace(timeline, of: check)
        corrected = nil
    }

    /// Takes over since when it was disrupted where the timelines begin, which were read; nil where it was not.
    mutating func begin(disruptedSince: Instant?) { month.begin(disruptedSince: disruptedSince) }

    /// Feeds samples of a check again, from a sample of each pass on.
    mutating func readAgain(_ passes: [SamplesAgain], of check: String) { month.readAgain(passes, of: check) }

    /// Takes over what is corrected, and where passes ended.
    ///
    /// - Returns: the checks of which samples that were fed are to be read again, each with the instant from which on.
    mutating func correct(_ index: CorrectionIndex) -> [String: Instant] {
        guard corrected != index.version else { return [:] }
        corrected = index.version
        let corrections = index.corrections(of: service)
        voids = uncounted.isEmpty ? [:] : corrections.voids
        return month.correct(corrections, ends: index.ends, from: keptFrom)
    }

    /// How the samples of a check are read; nil where it is no part of the service.
    func series(of check: String) -> SeriesRules? { month.series(of: check) }

    /// Time as the service's checks saw it so far.
    func timeline() -> ServiceTimeline { month.timeline() }

    /// The running month's figures at `now`: those of the report of that instant.
    ///
    /// - Parameter exclusions: all that are recorded.
    public mutating func figures(at now: Instant, exclusions: ExclusionIndex) -> MonthToDate {
        month.figures(
            at: now, exclusions: exclusions, announcedBurns: latch.budget.burning(at: now, in: agreement.calendar)
        ).figures
    }

    /// Decides what is new at `now`. It costs the same however much of the month is over.
    ///
    /// - Parameters:
    ///   - monotonic: the clock that does not step, at the same moment; nil where there is none.
    ///   - exclusions: all that are recorded.
    ///   - isDoubted: whether the wall clock may be wrong: then nothing is said of its month.
    ///   - waited: since when it has failed, where it waited for what the references say: an outage may be over by now.
    ///   - waits: whether a check that is in no figure waits for what the references say.
    ///   - flapping: from how many transients of a day on that is said; nil where it never is.
    public mutating func decide(
        now: Instant, monotonic: MonotonicInstant? = nil, exclusions: ExclusionIndex, isDoubted: Bool = false,
        waited: Instant? = nil, waits: (String) -> Bool = { _ in false }, flapping: FlappingLimit? = nil
    ) -> [Action] {
        let outages = waited.map { month.outages(past: $0, by: now) } ?? []
        let (figures, found, since) = month.figures(
            at: now, exclusions: exclusions, announcedBurns: latch.budget.burning(at: now, in: agreement.calendar))
        if let monotonic { clock.see(found, since: since ?? now, now: Now(wall: now, monotonic: monotonic)) }
        var actions = outages.flatMap { whatIsOver($0, now: now) }
        actions += changeOfState(found, since: since, now: now, stepped: clock.length)
        actions += changesOfUncounted(at: now, waits)
        if !isDoubted {
            actions += changeOfAvailability(figures)
            actions += latch.budget.decide(figures).map { .alert(alert($0.event, at: now, $0.fields)) }
            if let flapping, let fields = latch.flapping.decide(figures, flapping) {
                actions.append(.alert(alert(.flapping, at: now, fields)))
            }
        }
        let isQuiet =
            !isDoubted && found == state && latch.downSince == nil && latch.belowIn != figures.month
            && figures.tally.down == 0 && !month.isUndecided(at: now)
        quiet = isQuiet ? Interval(now, month.nextChange(after: now)) : nil
        return actions
    }

    /// What is said of the checks that are in no figure.
    private mutating func changesOfUncounted(at now: Instant, _ waits: (String) -> Bool) -> [Action] {
        if uncounted.isEmpty { return [] }
        return service.checks.filter { !$0.counts && !waits($0.id) }.compactMap { check in
            let own = voids[Viewpoint(check: check.id)] ?? SampleVoids()
            guard let change = uncounted[check.id]?.decide(check, own) else { return nil }
            let about = [Alert.Field("check", check.id)]
            let beside = [Alert.Field("service_state", (state ?? .unmeasured).rawValue)]
            var alert = alert(change.event, at: now, about + change.fields + beside)
            alert.subject = UncountedCheck.subject(of: CheckID(service: service.id, check: check.id))
            return .alert(alert)
        }
    }

    /// Forgets what no month from `instant` on needs.
    public mutating func forget(before instant: Instant) {
        guard keptFrom < instant else { return }
        if let downSince = latch.downSince { downBefore = downtime(from: downSince, to: instant) }
        keptFrom = instant
        month.forget(before: instant)
    }

    /// How long the outage that was announced since `start` was down until `end`, as measured.
    private func downtime(from start: Instant, to end: Instant) -> Milliseconds {
        downBefore + (Interval(max(start, keptFrom), end).map { month.downtime(in: $0) } ?? 0)
    }

    // MARK: - The state

    /// What is said of an outage that was over before it could be.
    private mutating func whatIsOver(_ outage: Interval, now: Instant) -> [Action] {
        guard latch.downSince == nil, stateSince.map({ $0 <= outage.start }) ?? true else { return [] }
        return changeOfState(.down, since: outage.start, now: now) + changeOfState(.up, since: outage.end, now: now)
    }

    /// - Parameter stepped: how long the outage was that is over, in ms, where the wall clock cannot tell.
    private mutating func changeOfState(
        _ found: ServiceState, since: Instant?, now: Instant, stepped: Milliseconds? = nil
    ) -> [Action] {
        // A failure that is not confirmed yet says nothing: the next sample decides.
        if found == .unmeasured, month.isUndecided(at: now) { return [] }
        var actions: [Action] = []
        if found != state {
            (state, stateSince) = (found, since ?? now)
            actions.append(
                .transition(Transition(service: service.id, state: found, since: since ?? now, at: now)))
        }
        switch found {
        case .down where latch.downSince == nil:
            let since = since ?? now
            (latch.downSince, downBefore) = (since, 0)
            actions.append(.alert(alert(.serviceDown, at: now, downFields(since: since, now: now))))
        case .up:
            guard let downSince = latch.downSince else { break }
            latch.downSince = nil
            let end = since ?? now
            let fields = [
                Alert.Field("since", .instant(end)), Alert.Field("down_since", .instant(downSince)),
                Alert.Field("down_s", .seconds(stepped ?? downtime(from: downSince, to: end))),
            ]
            actions.append(.alert(alert(.serviceUp, at: now, fields)))
        default:
            break
        }
        return actions
    }

    private func downFields(since: Instant, now: Instant) -> [Alert.Field] {
        let last = service.checks.filter { $0.counts && month.last(of: $0.id)?.state == .down }.map(\.id)
        let failing = last.isEmpty ? month.checksDown(at: since) : last
        var fields = [Alert.Field("since", .instant(since))]
        if !failing.isEmpty { fields.append(Alert.Field("check", failing.joined(separator: ","))) }
        if let cause = failing.lazy.compactMap({ causes[$0] }).first {
            fields.append(Alert.Field("cause", .cause(cause)))
        }
        // Another way to it that still answers: a probe may be blocked.
        for (key, state) in [("watched_up", SampleState.up), ("watched_down", .down)] {
            let watched = uncounted.filter { $0.value.last?.state == state }.keys.sorted()
            if !watched.isEmpty { fields.append(Alert.Field(key, watched.joined(separator: ","))) }
        }
        return fields
    }

    // MARK: - The availability

    private mutating func changeOfAvailability(_ figures: MonthToDate) -> [Action] {
        let wasBelow = latch.isBelow(in: figures.month, at: figures.asOf)
        switch figures.verdict {
        case .breached where !wasBelow:
            (latch.belowIn, latch.belowAt) = (figures.month, figures.asOf)
            return [.alert(alert(.availabilityBelow, at: figures.asOf, fields(of: figures)))]
        // What nobody could measure is at no objective; and while the clock is back before the instant at which it was
        // said, what it was said of is still to come.
        case .breached, .unmeasured:
            return []
        case .met, .exempt, .notCommitted:
            guard wasBelow, latch.belowAt <= figures.asOf else { return [] }
            latch.belowIn = nil
            return [.alert(alert(.availabilityRestored, at: figures.asOf, fields(of: figures)))]
        }
    }

    private func fields(of figures: MonthToDate) -> [Alert.Field] {
        var fields = [
            Alert.Field("month", .month(figures.month)),
            Alert.Field("objective_percent", figures.objective.description),
        ]
        if let availability = figures.availability {
            fields.append(Alert.Field("availability_percent", availability.percentText))
        }
        fields.append(Alert.Field("down_s", .seconds(figures.tally.down)))
        if let certainty = figures.certainty { fields.append(Alert.Field("certainty", certainty.rawValue)) }
        return fields
    }

    // MARK: - Wording

    private func alert(_ event: AlertEvent, at now: Instant, _ fields: [Alert.Field]) -> Alert {
        Alert(
            event: event, subject: service.id, at: now,
            fields: [Alert.Field("service", service.id), Alert.Field("customer", service.customer)] + fields)
    }
}
