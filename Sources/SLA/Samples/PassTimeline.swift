/// What the samples of one pass of a check say about time: semantics §3.3 to §3.6, fed sample by sample.
///
/// Feeding costs amortised constant time.
///
///     samples   U     U     D     D     D     U        U          (gap)
///     up        ├───────────┤                 ├────────────────┤
///     down                  ├─────────────────┤                     confirmed, then backdated
///     shortest              ├───────────┤                           first failure to last failure
///     longest         ├───────────────────────┤                     from the last success before it
///
///     samples   U     D     U     D        (gap)                    too few failures to confirm
///     up        ├─────────────────┤                                 a transient; the second is undecided
///     longest   ├───────────┤                                       it may have begun just after a success
///     doubtful              ├─────┤                                 and nobody knows whether the second had
struct PassTimeline: Hashable, Sendable {
    /// The first sample that is in the series; nil where there is none.
    private(set) var first: Instant?
    /// The latest sample that is in the series.
    private(set) var last: Sample?
    /// When the latest sample was taken that was fed, also one that a void took.
    private(set) var lastFed: Instant?
    private var decided = CheckSpans()
    private var run: FailingRun?
    /// Where ``last`` is up, the last up that somebody looked at, reached through adjacent ups; nil where there is none.
    private var lastSeenUp: Instant?

    /// A maximal series of adjacent `down` samples that may still go on.
    private struct FailingRun: Hashable, Sendable {
        struct Seen: Hashable, Sendable {
            let first: Instant
            let last: Instant
        }

        var first: Instant
        /// How many of them somebody looked at.
        var count = 0
        /// The first and the last that somebody looked at.
        var seen: Seen?
        /// The last up before it that somebody looked at, where adjacent ups lead to it.
        let previousUp: Instant?
    }

    /// Feeds the next sample, which is later than every one before it.
    @inline(__always)
    mutating func append(_ sample: Sample, _ rules: SeriesRules) {
        // One that came late may be earlier than some that are not in the series.
        lastFed = max(lastFed ?? sample.at, sample.at)
        if rules.leavesOut(sample) { return }
        if let last {
            precondition(last.at < sample.at, "samples are fed in order of time, each instant once")
            settle(last, before: sample, rules)
        } else {
            first = sample.at
        }
        switch sample.state {
        case .up where !sample.isDerived: lastSeenUp = sample.at
        case .up: if !isAdjacent(sample, rules) { lastSeenUp = nil }
        case .down: fail(sample, rules)
        case .unknown: lastSeenUp = nil
        }
        last = sample
    }

    /// Whether the latest sample covers up to `sample`, which follows it.
    private func isAdjacent(_ sample: Sample, _ rules: SeriesRules) -> Bool {
        last.map { sample.at <= rules.reach(of: $0) } ?? false
    }

    /// Where the coverage of the latest sample ends, whatever follows; nil where there is none.
    func reach(_ rules: SeriesRules) -> Instant? { last.map { rules.reach(of: $0) } }

    /// Decides what `last` covers, now that its successor is known.
    @inline(__always)
    private mutating func settle(_ last: Sample, before next: Sample, _ rules: SeriesRules) {
        let reach = rules.reach(of: last)
        let isAdjacent = next.at <= reach
        let end = isAdjacent ? next.at : reach
        switch last.state {
        case .up:
            decided.up.append(Interval(unchecked: last.at, end))
        case .unknown:
            decided.unknown.append(Interval(unchecked: last.at, end))
        case .down:
            if isAdjacent, next.state == .down { return }
            close(end: end, isFollowedByUp: isAdjacent && next.state == .up, rules)
        }
    }

    /// Begins a failing run with `sample`, or adds it to the one that is open.
    private mutating func fail(_ sample: Sample, _ rules: SeriesRules) {
        var failing =
            run ?? FailingRun(first: sample.at, previousUp: isAdjacent(sample, rules) ? lastSeenUp : nil)
        if !sample.isDerived {
            failing.count += 1
            failing.seen = FailingRun.Seen(first: failing.seen?.first ?? sample.at, last: sample.at)
        }
        (run, lastSeenUp) = (failing, nil)
    }

    /// Ends the open run, whose coverage ends at `end`: an outage, a transient, or undecided.
    private mutating func close(end: Instant, isFollowedByUp: Bool, _ rules: SeriesRules) {
        guard let run else { return }
        self.run = nil
        let coverage = Interval(unchecked: run.first, end)
        if rules.isOutage(run.count, since: run.first) {
            decided.down.append(coverage)
            decided.longestDown.append(Interval(unchecked: run.previousUp ?? run.first, end))
            if let shortest = run.seen.flatMap({ Interval($0.first, $0.last) }) {
                decided.shortestDown.append(shortest)
            }
        } else if isFollowedByUp {
            decided.up.append(coverage)
            decided.transients.append(coverage)
            decided.longestDown.append(Interval(unchecked: run.previousUp ?? run.first, end))
        } else {
            decided.undecided.append(coverage)
            if let previousUp = run.previousUp { decided.doubtful.append(Interval(unchecked: previousUp, run.first)) }
        }
    }

    /// What all the samples fed so far say, the last of them speaking for as long as it can.
    ///
    /// It reaches past the last sample; the period cuts it at `as_of`.
    func spans(_ rules: SeriesRules) -> CheckSpans {
        guard let last else { return decided }
        var ended = self
        let end = rules.reach(of: last)
        switch last.state {
        case .up: ended.decided.up.append(Interval(unchecked: last.at, end))
        case .unknown: ended.decided.unknown.append(Interval(unchecked: last.at, end))
        case .down: ended.close(end: end, isFollowedByUp: false, rules)
        }
        return ended.decided
    }

    /// Whether the last samples are failures too few to be an outage, and still speak for `now`.
    func isUndecided(at now: Instant, _ rules: SeriesRules) -> Bool {
        guard let run, let last else { return false }
        return !rules.isOutage(run.count, since: run.first) && now < rules.reach(of: last)
    }

    /// See ``CheckTimeline/settledTo``.
    func settledTo(_ rules: SeriesRules) -> Instant {
        guard let last else { return rules.check.isNeverPart ? .distantFuture : .distantPast }
        if rules.check.hasLeft(after: last.at) { return .distantFuture }
        guard let run else { return lastSeenUp ?? last.at }
        if rules.isOutage(run.count, since: run.first) { return run.seen?.last ?? run.first }
        return run.previousUp ?? run.first
    }

    // MARK: - Going back

    /// Goes back to `sample`, of the series, not down and not derived, or to the very beginning where that is nil: what
    /// was fed since is as if it had not been.
    ///
    /// No run reaches over a sample that is not down, so everything decided before it was decided by what came before
    /// it, and nothing that was is later than its instant.
    ///
    /// - Parameter history: what was decided and taken away.
    mutating func rewind(to sample: Sample?, after history: CheckSpans) {
        guard let sample else {
            self = PassTimeline()
            return
        }
        var all = history
        all.append(decided)
        decided = all.before(sample.at)
        first = min(first ?? sample.at, sample.at)
        (last, lastFed) = (sample, sample.at)
        lastSeenUp = sample.state == .up ? sample.at : nil
        run = nil
    }

    // MARK: - What is kept

    /// Forgets what ended at `instant` or before; what is still needed to go on stays.
    mutating func forget(before instant: Instant) { decided.forget(before: instant) }

    /// How many intervals it holds.
    var decidedCount: Int { decided.count }

    /// Forgets what ended at `instant` or before, and returns it.
    mutating func takeDecided(before instant: Instant) -> CheckSpans { decided.take(before: instant) }

    /// Takes back what ``takeDecided(before:)`` gave away.
    mutating func takeBack(_ earlier: CheckSpans) {
        var all = earlier
        all.append(decided)
        decided = all
    }
}
