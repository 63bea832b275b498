/// What the samples of one check say about time: semantics §3, fed sample by sample.
///
/// Feeding costs amortised constant time. The whole series at once (a report) and one at a time (the daemon)
/// are the same calls, so they give the same digits.
///
///     samples   U     U     D     D     D     U        U          (gap)
///     up        ├───────────┤                 ├────────────────┤
///     down                  ├─────────────────┤                     confirmed, then backdated
///     shortest              ├───────────┤                           first failure to last failure
///     longest         ├───────────────────────┤                     from the last success before it
public struct CheckTimeline: Hashable, Sendable {
    /// How long a sample speaks for the time after it, in ms.
    public let staleAfter: Milliseconds
    /// How many adjacent failures make an outage.
    public let confirm: Int

    /// The latest sample fed.
    public private(set) var last: Sample?
    private var decided = CheckSpans()
    private var run: FailingRun?

    /// A maximal series of adjacent `down` samples that may still go on.
    private struct FailingRun: Hashable, Sendable {
        var first: Instant
        var last: Instant
        var count: Int
        /// The sample before it, where that one is adjacent and up.
        var previousUp: Instant?
    }

    /// A timeline without samples, for a check read by these rules.
    public init(staleAfter: Milliseconds, confirm: Int) {
        self.staleAfter = staleAfter
        self.confirm = confirm
    }

    /// Feeds the next sample, which is later than every one before it.
    @inline(__always)
    public mutating func append(_ sample: Sample) {
        if let last {
            precondition(last.at < sample.at, "samples are fed in order of time, each instant once")
            settle(last, before: sample)
        }
        if sample.state == .down { fail(sample) }
        last = sample
    }

    /// Decides what `last` covers, now that its successor is known.
    @inline(__always)
    private mutating func settle(_ last: Sample, before next: Sample) {
        let isAdjacent = next.at - last.at <= staleAfter
        let end = isAdjacent ? next.at : last.at + staleAfter
        switch last.state {
        case .up:
            decided.up.append(Interval(unchecked: last.at, end))
        case .unknown:
            decided.unknown.append(Interval(unchecked: last.at, end))
        case .down:
            if isAdjacent, next.state == .down { return }
            close(end: end, isFollowedByUp: isAdjacent && next.state == .up)
        }
    }

    /// Begins a failing run with `sample`, or adds it to the one that is open.
    private mutating func fail(_ sample: Sample) {
        if run != nil {
            run?.last = sample.at
            run?.count += 1
            return
        }
        let previousUp = last.flatMap { $0.state == .up && sample.at - $0.at <= staleAfter ? $0.at : nil }
        run = FailingRun(first: sample.at, last: sample.at, count: 1, previousUp: previousUp)
    }

    /// Ends the open run, whose coverage ends at `end`: an outage, a transient, or undecided.
    private mutating func close(end: Instant, isFollowedByUp: Bool) {
        guard let run else { return }
        self.run = nil
        let coverage = Interval(unchecked: run.first, end)
        if run.count >= confirm {
            decided.down.append(coverage)
            decided.longestDown.append(Interval(unchecked: run.previousUp ?? run.first, end))
            if let shortest = Interval(run.first, run.last) { decided.shortestDown.append(shortest) }
        } else if isFollowedByUp {
            decided.up.append(coverage)
            decided.transients.append(coverage)
        } else {
            decided.undecided.append(coverage)
        }
    }

    /// What all the samples fed so far say, the last of them speaking for ``staleAfter`` ms.
    ///
    /// It reaches past the last sample; the period cuts it at `as_of`.
    public func spans() -> CheckSpans {
        guard let last else { return CheckSpans() }
        var ended = self
        let end = last.at + staleAfter
        switch last.state {
        case .up: ended.decided.up.append(Interval(unchecked: last.at, end))
        case .unknown: ended.decided.unknown.append(Interval(unchecked: last.at, end))
        case .down: ended.close(end: end, isFollowedByUp: false)
        }
        return ended.decided
    }

    /// Whether the last samples are failures too few to be an outage, and still speak for `now`.
    public func isUndecided(at now: Instant) -> Bool {
        guard let run else { return false }
        return run.count < confirm && now - run.last < staleAfter
    }

    /// The instant before which no later sample changes anything; before every instant where none was fed.
    ///
    /// The last sample may still speak for all the time from it on, and an `up` may turn out to be where the
    /// longest outage begins. Of an open run, what a confirmed one covers up to its last failure is down, whatever
    /// comes; one that is not confirmed is open from the success before it.
    public var settledTo: Instant {
        guard let last else { return .distantPast }
        guard let run, run.count < confirm else { return last.at }
        return run.previousUp ?? run.first
    }

    /// Forgets what ended at `instant` or before; what is still needed to go on stays.
    public mutating func forget(before instant: Instant) {
        decided.forget(before: instant)
    }

    /// How many intervals it holds.
    var decidedCount: Int { decided.count }

    /// Forgets what ended at `instant` or before, and returns it.
    mutating func takeDecided(before instant: Instant) -> CheckSpans {
        decided.take(before: instant)
    }
}
