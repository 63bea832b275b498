/// Time as one check saw it. ``up``, ``down``, ``unknown`` and ``undecided`` are disjoint; what is in none of
/// them was covered by no sample.
public struct CheckSpans: Hashable, Sendable {
    /// Covered by samples that found it up, or by a transient.
    public internal(set) var up = IntervalSet.empty
    /// In outages, as measured.
    public internal(set) var down = IntervalSet.empty
    /// In outages at the shortest: from the first failure to the last.
    public internal(set) var shortestDown = IntervalSet.empty
    /// Down at the longest: in outages and transients, from the last success before.
    public internal(set) var longestDown = IntervalSet.empty
    /// Up as measured, and unmeasured at the longest: from the last success before failures that are undecided.
    public internal(set) var doubtful = IntervalSet.empty
    /// Covered by samples that could not tell.
    public internal(set) var unknown = IntervalSet.empty
    /// Covered by failures too few to confirm that nothing adjacent resolved.
    public internal(set) var undecided = IntervalSet.empty
    /// The failing runs too short to be an outage, each as what it covers, in order.
    public internal(set) var transients: [Interval] = []

    /// Up at the longest; what is neither that nor ``longestDown`` is unmeasured at the longest.
    var longestUp: IntervalSet { up.subtracting(longestDown).subtracting(doubtful) }

    /// Covered by any sample.
    var covered: IntervalSet { up.union(down).union(unknown).union(undecided) }

    /// How many intervals it holds.
    var count: Int {
        up.intervals.count + down.intervals.count + shortestDown.intervals.count + longestDown.intervals.count
            + doubtful.intervals.count + unknown.intervals.count + undecided.intervals.count + transients.count
    }

    mutating func forget(before instant: Instant) {
        up.forget(before: instant)
        down.forget(before: instant)
        shortestDown.forget(before: instant)
        longestDown.forget(before: instant)
        doubtful.forget(before: instant)
        unknown.forget(before: instant)
        undecided.forget(before: instant)
        transients.removeAll { $0.end <= instant }
    }

    /// Removes what ended at `instant` or before, and returns it.
    mutating func take(before instant: Instant) -> CheckSpans {
        var taken = CheckSpans()
        taken.up = up.take(before: instant)
        taken.down = down.take(before: instant)
        taken.shortestDown = shortestDown.take(before: instant)
        taken.longestDown = longestDown.take(before: instant)
        taken.doubtful = doubtful.take(before: instant)
        taken.unknown = unknown.take(before: instant)
        taken.undecided = undecided.take(before: instant)
        let ended = transients.partitionPoint { $0.end > instant }
        if ended > 0 {
            taken.transients = Array(transients[..<ended])
            transients.removeFirst(ended)
        }
        return taken
    }

    /// Adds what came later.
    mutating func append(_ later: CheckSpans) {
        up.append(later.up)
        down.append(later.down)
        shortestDown.append(later.shortestDown)
        longestDown.append(later.longestDown)
        doubtful.append(later.doubtful)
        unknown.append(later.unknown)
        undecided.append(later.undecided)
        transients += later.transients
    }

    /// What of it lies before `instant`.
    func before(_ instant: Instant) -> CheckSpans {
        var kept = self
        kept.up.cut(from: instant)
        kept.down.cut(from: instant)
        kept.shortestDown.cut(from: instant)
        kept.longestDown.cut(from: instant)
        kept.doubtful.cut(from: instant)
        kept.unknown.cut(from: instant)
        kept.undecided.cut(from: instant)
        kept.transients.removeLast(kept.transients.count - kept.transients.partitionPoint { $0.start >= instant })
        return kept
    }

    /// What `passes` say together, each within its own extent: down where any is, else unmeasured where any is, else up;
    /// likewise at the longest (semantics §3.1).
    init(passes: [(spans: CheckSpans, extent: Interval)]) {
        var (unmeasured, longestUnmeasured) = (IntervalSet.empty, IntervalSet.empty)
        for (spans, extent) in passes {
            let own = spans.up.intersection(extent)
            up = up.union(own)
            unmeasured = unmeasured.union(IntervalSet(extent).subtracting(own))
            longestUnmeasured = longestUnmeasured.union(
                IntervalSet(extent).subtracting(spans.longestUp).subtracting(spans.longestDown))
            down = down.union(spans.down.intersection(extent))
            shortestDown = shortestDown.union(spans.shortestDown.intersection(extent))
            longestDown = longestDown.union(spans.longestDown.intersection(extent))
            unknown = unknown.union(spans.unknown.intersection(extent))
            undecided = undecided.union(spans.undecided.intersection(extent))
            transients += spans.transients.compactMap { $0.intersection(extent) }
        }
        up = up.subtracting(unmeasured)
        doubtful = up.intersection(longestUnmeasured).subtracting(longestDown)
        transients.sort { $0.start < $1.start }
    }

    /// Nothing.
    init() {}
}
