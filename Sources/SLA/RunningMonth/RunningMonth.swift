/// A service's running month, kept up to date sample by sample.
///
/// It has the digits of ``MonthFigures`` of the same instant, since it is made by the same ``Partition``: once of the
/// time that nothing can change any more, whose tally is kept, and at each question of the rest. The rest is as long as
/// a few samples, so a question costs the same on the 1st and on the 31st. Only when what is known of exclusions
/// changes, or the month does, everything is counted again.
///
///     month     ├──────────────────────────────────┬──────────┤ now
///               counted once, kept as a tally      settled    counted at each question
public struct RunningMonth: Sendable, Equatable {
    /// The service.
    public private(set) var service: Service
    /// What is promised.
    public private(set) var agreement: Agreement

    /// How it is measured, since when.
    private var rules: MeasuringRules
    /// The checks that are part of it at any time that is kept, in the order in which they became known.
    private(set) var names: [String]
    private var checks: [CheckTimeline]
    /// What was in force where what is kept begins; nil where that is the beginning of time.
    private var known: CombinationChange?
    /// Where what is kept begins.
    private var start: Instant { known?.from ?? .distantPast }
    /// Where it was down, whatever the checks saw.
    private var downtime = IntervalSet.empty
    private var count: Count?
    /// Since when it was disrupted where what is kept begins; nil where it was not.
    private var disruptedSince: Instant?
    /// What ended before it is put away in the checks' timelines.
    private var settledTo = Instant.distantPast

    /// A month without samples.
    ///
    /// - Parameter start: from when on anything is asked of it.
    public init(of service: Service, under agreement: Agreement, from start: Instant = .distantPast) {
        self.service = service
        self.agreement = agreement
        let rules = service.rules
        self.rules = rules
        names = rules.checks(from: start)
        checks = names.map { CheckTimeline(rules.rules(of: $0)) }
    }

    /// Takes over what was in force where what is kept begins.
    mutating func begin(with known: CombinationChange) {
        self.known = known
        recount()
    }

    /// Whether it can go on as the month of `service` from what it has read: all that is read otherwise is in time that
    /// is kept, and of each check that is new no sample was ever of it.
    func canFollow(_ service: Service) -> Bool {
        let new = service.rules
        if rules == new { return true }
        let (followed, before) = (Set(names), Set(rules.checks))
        let added = new.checks(from: start).filter { !followed.contains($0) }
        return added.allSatisfy { !before.contains($0) } && rules.before(start + 1) == new.before(start + 1)
    }

    /// Counts what is paid for of `service`, whose month it can follow, under `agreement` from now on; its calendar is
    /// the same.
    ///
    /// - Returns: the checks of which samples that were fed are to be read again, each with the instant from which on.
    public mutating func update(_ service: Service, under agreement: Agreement) -> [String: Instant] {
        guard agreement != self.agreement || service != self.service else { return [:] }
        self.agreement = agreement
        self.service = service
        count = nil
        guard service.rules != rules else { return [:] }
        rules = service.rules
        var again: [String: Instant] = [:]
        for (index, name) in names.enumerated() { again[name] = checks[index].follow(rules.rules(of: name)) }
        for name in rules.checks(from: start) where index(of: name) == nil {
            names.append(name)
            checks.append(CheckTimeline(rules.rules(of: name)))
        }
        recount()
        return again
    }

    // MARK: - Samples

    /// Whether `sample` can be fed as it comes: it is later than everything fed of its check.
    func isInOrder(_ sample: Sample, of check: String) -> Bool {
        index(of: check).map { checks[$0].isInOrder(sample) } ?? true
    }

    /// Feeds a sample, later than every one of its check before it; one of a check that the service does not have is
    /// passed over.
    public mutating func append(_ sample: Sample, of check: String) {
        guard let index = index(of: check) else { return }
        let passes = checks[index].passCount
        checks[index].append(sample)
        // What was put away lies under the new pass, and may be counted otherwise.
        if checks[index].passCount != passes { recount() }
    }

    /// Replaces what is known of a check.
    public mutating func replace(_ timeline: CheckTimeline, of check: String) {
        guard let index = index(of: check) else { return }
        checks[index] = timeline
        recount()
    }

    /// Feeds samples of a check again, from a sample of each pass on.
    mutating func readAgain(_ passes: [SamplesAgain], of check: String) {
        guard let index = index(of: check) else { return }
        checks[index].readAgain(passes)
        recount()
    }

    /// Takes over what is corrected of the service, and where passes ended.
    ///
    /// - Parameter kept: from when on it is kept what it was.
    /// - Returns: the checks of which samples that were fed are to be read again, each with the instant from which on.
    mutating func correct(_ corrections: ServiceCorrections, ends: [PassEnd], from kept: Instant) -> [String: Instant] {
        var again: [String: Instant] = [:]
        for (index, name) in names.enumerated() {
            again[name] = checks[index].correct(corrections[name])
            let ends = ends.ends(of: CheckID(service: service.id, check: name))
            if checks[index].end(ends) { recount() }
        }
        if downtime != corrections.downtime {
            // Whether it was disrupted where what is kept begins may be otherwise now.
            let changed = corrections.downtime.subtracting(downtime).union(downtime.subtracting(corrections.downtime))
            if let first = changed.intervals.first?.start, first < kept {
                for check in service.checks { again[check.id] = min(again[check.id] ?? first, first) }
            }
            downtime = corrections.downtime
            recount()
        }
        return again
    }

    /// How the samples of `check` are read; nil where it is no part of the service.
    func series(of check: String) -> SeriesRules? { index(of: check).map { checks[$0].rules } }

    /// Everything is to be counted again, from what is kept of it.
    private mutating func recount() {
        count = nil
        settledTo = .distantPast
        // It may be settled to an earlier instant now, after which some of it lies.
        for index in checks.indices { checks[index].reopen() }
    }

    /// Takes over since when it was disrupted where the timelines begin, which were read; nil where it was not.
    mutating func begin(disruptedSince: Instant?) {
        guard self.disruptedSince != disruptedSince else { return }
        self.disruptedSince = disruptedSince
        recount()
    }

    /// Forgets what no month from `instant` on needs.
    public mutating func forget(before instant: Instant) {
        let all = timeline()
        let mode = all.mode(at: instant)
        disruptedSince = Disruptions(all, since: disruptedSince).since(at: instant)
        for index in checks.indices { checks[index].forget(before: instant) }
        known = CombinationChange(from: instant, mode: mode)
        // What has left is not asked any more.
        let gone = checks.indices.filter { checks[$0].isNeverPart }
        if !rules.isConstant, gone.count < checks.count {
            for index in gone.reversed() {
                names.remove(at: index)
                checks.remove(at: index)
            }
        }
        recount()
    }

    /// The latest sample of `check`.
    public func last(of check: String) -> Sample? { index(of: check).flatMap { checks[$0].last } }

    /// Whether failures too few to be an outage still speak for `now`, in any check.
    public func isUndecided(at now: Instant) -> Bool {
        checks.contains { $0.isUndecided(at: now) }
    }

    /// The next instant after `now` at which time alone may change what is known of the service, while it is not down
    /// and has not been in this month: a sample gets old, the clock comes to where it was before it was set back, an
    /// exclusion becomes known, the month ends.
    func nextChange(after now: Instant) -> Instant {
        guard let count else { return now }
        let changes = checks.compactMap { $0.nextChange(after: now) } + [downtime.edge(after: now)].compactMap { $0 }
        return min(changes.min() ?? .distantFuture, count.nextChange)
    }

    private func index(of check: String) -> Int? {
        names.firstIndex(of: check)
    }

    /// Time as the service's checks saw it so far, everything that is not forgotten.
    func timeline() -> ServiceTimeline {
        ServiceTimeline(
            rules.combinations, known: known, zip(names, checks).map { SeenCheck($0, $1) }, downtime: downtime)
    }

    /// The same of what may still change, where the same checks are part of it in one mode all the time.
    private func openTimeline() -> ServiceTimeline {
        let parts = checks.filter(\.isAlwaysPart)
        return ServiceTimeline(mode: mode, checks: parts.map { $0.openSpans() }, downtime: downtime)
    }

    /// The mode that is in force last.
    private var mode: CheckMode { rules.steps.last?.mode ?? service.mode }

    /// The instant before which nothing that is to come changes anything.
    private var settledByChecks: Instant {
        checks.lazy.filter { !$0.isNeverPart }.map(\.settledTo).min() ?? .distantPast
    }

    /// Whether the same checks are part of it in one mode all the time that is kept. Else everything is counted at each
    /// question, from all its spans: a service that was changed, until its month is over.
    private var isUniform: Bool {
        if rules.isConstant { return true }
        return checks.allSatisfy { $0.isAlwaysPart || $0.isNeverPart }
            && (known?.combination.mode ?? rules.steps[0].mode) == mode
            && rules.steps.allSatisfy { $0.from <= start || $0.mode == mode }
    }

    /// How many intervals may still change: what a question looks at.
    var openSpans: Int { checks.reduce(0) { $0 + $1.openCount } }

    /// The outages that the service was up after by `now`, as far as they reach past `start`: of what may still have
    /// changed at the last question, and so in time that does not grow with the month.
    func outages(past start: Instant, by now: Instant) -> [Interval] {
        let timeline = isUniform ? openTimeline() : timeline()
        return timeline.down.intervals.filter { $0.end > start && $0.end <= now && timeline.up.contains($0.end) }
    }

    /// The checks that were down at `instant`.
    func checksDown(at instant: Instant) -> [String] {
        zip(names, checks).filter { $1.spans().down.contains(instant) }.map(\.0)
    }

    /// How long it was down in `interval`, as measured, in ms. Time of which nothing is known any more, before all that
    /// is, counts as down.
    func downtime(in interval: Interval) -> Milliseconds {
        let timeline = timeline()
        let known = [timeline.up, timeline.down, timeline.unknown, timeline.undecided]
        let first = known.compactMap { $0.intervals.first?.start }.min() ?? interval.end
        let unknown = Interval(interval.start, min(first, interval.end))?.length ?? 0
        return unknown + timeline.down.intersection(interval).length
    }

    // MARK: - Figures

    /// The figures at `now`, and the state then with the instant since when it has held.
    ///
    /// - Parameters:
    ///   - exclusions: all that are recorded, of any service and any time.
    ///   - announcedBurns: when each ``BurnWindow`` was last announced as burning, by its length.
    public mutating func figures(
        at now: Instant, exclusions: ExclusionIndex, announcedBurns: [Milliseconds: Instant] = [:]
    ) -> (figures: MonthToDate, state: ServiceState, since: Instant?) {
        guard isUniform else {
            let count = Count(
                of: service, under: agreement, at: now, exclusions: exclusions, announcedBurns: announcedBurns,
                disruptedSince: disruptedSince)
            self.count = count
            return count.figures(timeline(), at: now)
        }
        let settledTo = min(now, settledByChecks)
        // The clock has stepped back by less than makes a pass: what is settled there is no longer apart.
        guard settledTo >= self.settledTo else {
            let count = Count(
                of: service, under: agreement, at: now, exclusions: exclusions, announcedBurns: announcedBurns,
                disruptedSince: disruptedSince)
            self.count = nil
            return count.figures(timeline(), at: now)
        }
        var count: Count
        let open: ServiceTimeline
        if var known = self.count, known.holds(at: now, exclusions: exclusions), known.follow(announcedBurns) {
            known.version = exclusions.version
            count = known
            open = openTimeline()
        } else {
            count = Count(
                of: service, under: agreement, at: now, exclusions: exclusions, announcedBurns: announcedBurns,
                disruptedSince: disruptedSince)
            open = timeline()
        }
        // Without this, the arrays below would have two owners, and be copied to be changed.
        self.count = nil
        count.settle(open, to: settledTo)
        for index in checks.indices { checks[index].settle(to: settledTo) }
        self.settledTo = settledTo
        let figures = count.figures(open, at: now)
        self.count = count
        return figures
    }
}
