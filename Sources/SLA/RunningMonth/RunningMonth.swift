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

    private var checks: [Progress]
    private var count: Count?
    /// No check's timeline holds what ended before it: that is in its history.
    private var prunedTo = Instant.distantPast

    /// A check: what may still change, and what never will.
    private struct Progress: Sendable, Equatable {
        var timeline: CheckTimeline
        var history = SpanHistory()

        func spans() -> CheckSpans {
            var all = history.all()
            all.append(timeline.spans())
            return all
        }
    }

    /// A month without samples.
    public init(of service: Service, under agreement: Agreement) {
        self.service = service
        self.agreement = agreement
        checks = service.checks.map {
            Progress(timeline: CheckTimeline(staleAfter: $0.staleAfter, confirm: $0.confirm))
        }
    }

    /// Whether what its checks saw of `service` says the same under its own rules: whatever else of it has changed,
    /// no sample needs to be read again.
    public func isMeasured(as service: Service) -> Bool {
        self.service.checks.map(Rules.init) == service.checks.map(Rules.init)
    }

    /// What a check's samples are read by.
    private struct Rules: Equatable {
        let id: String
        let staleAfter: Milliseconds
        let confirm: Int

        init(_ check: Check) { (id, staleAfter, confirm) = (check.id, check.staleAfter, check.confirm) }
    }

    /// Counts what is paid for of `service`, which is measured as before, under `agreement` from now on; its calendar
    /// is the same.
    public mutating func update(_ service: Service, under agreement: Agreement) {
        guard agreement != self.agreement || service != self.service else { return }
        self.agreement = agreement
        self.service = service
        count = nil
    }

    // MARK: - Samples

    /// Feeds a sample, later than every one of its check before it; one of a check that the service does not have is
    /// passed over.
    public mutating func append(_ sample: Sample, of check: String) {
        guard let index = index(of: check) else { return }
        checks[index].timeline.append(sample)
    }

    /// Replaces what is known of a check, after samples came out of order.
    public mutating func replace(_ timeline: CheckTimeline, of check: String) {
        guard let index = index(of: check) else { return }
        checks[index] = Progress(timeline: timeline)
        count = nil
    }

    /// Forgets what no month from `instant` on needs.
    public mutating func forget(before instant: Instant) {
        for index in checks.indices {
            checks[index].history.forget(before: instant)
            checks[index].timeline.forget(before: instant)
        }
        count = nil
    }

    /// The latest sample of `check`.
    public func last(of check: String) -> Sample? {
        index(of: check).flatMap { checks[$0].timeline.last }
    }

    /// Whether failures too few to be an outage still speak for `now`, in any check.
    public func isUndecided(at now: Instant) -> Bool {
        checks.contains { $0.timeline.isUndecided(at: now) }
    }

    /// The next instant after `now` at which time alone may change what is known of the service, while it is not down
    /// and has not been in this month: a sample gets old, an exclusion becomes known, the month ends.
    func nextChange(after now: Instant) -> Instant {
        guard let count else { return now }
        let stale = checks.compactMap { check in check.timeline.last.map { $0.at + check.timeline.staleAfter } }
        return min(stale.filter { $0 > now }.min() ?? .distantFuture, count.nextChange)
    }

    private func index(of check: String) -> Int? {
        service.checks.firstIndex { $0.id == check }
    }

    /// Time as the service's checks saw it so far, everything that is not forgotten.
    func timeline() -> ServiceTimeline {
        ServiceTimeline(mode: service.mode, checks: checks.map { $0.spans() })
    }

    /// How many intervals may still change: what a question looks at.
    var openSpans: Int { checks.reduce(0) { $0 + $1.timeline.decidedCount } }

    // MARK: - Figures

    /// The figures at `now`, and the state then with the instant since when it has held.
    ///
    /// - Parameters:
    ///   - exclusions: all that are recorded, of any service and any time.
    ///   - announcedBurns: when each ``BurnWindow`` was last announced as burning, by its length.
    public mutating func figures(
        at now: Instant, exclusions: ExclusionIndex, announcedBurns: [Milliseconds: Instant] = [:]
    ) -> (figures: MonthToDate, state: ServiceState, since: Instant?) {
        let settledTo = min(now, checks.map(\.timeline.settledTo).min() ?? .distantPast)
        // The clock has stepped back, or a check was replaced: what is settled there is no longer apart.
        guard settledTo >= prunedTo else {
            let count = Count(
                of: service, under: agreement, at: now, exclusions: exclusions, announcedBurns: announcedBurns)
            self.count = nil
            return count.figures(timeline(), at: now)
        }
        var count: Count
        let open: ServiceTimeline
        if var known = self.count, known.holds(at: now, exclusions: exclusions), known.follow(announcedBurns) {
            known.version = exclusions.version
            count = known
            open = ServiceTimeline(mode: service.mode, checks: checks.map { $0.timeline.spans() })
        } else {
            count = Count(
                of: service, under: agreement, at: now, exclusions: exclusions, announcedBurns: announcedBurns)
            open = timeline()
        }
        // Without this, the arrays below would have two owners, and be copied to be changed.
        self.count = nil
        count.settle(open, to: settledTo)
        for index in checks.indices {
            checks[index].history.append(checks[index].timeline.takeDecided(before: settledTo))
        }
        prunedTo = settledTo
        let figures = count.figures(open, at: now)
        self.count = count
        return figures
    }
}
