/// The maximal intervals over which a service was down, or unmeasured between two downs, as measured and uncut by months
/// and terms. Maintenance excuses the downtime of none that began before its notice was given (semantics §4).
///
///     up            ├────┤                             ├─────
///     down               ├────┤         ├────┤
///     disruptions        ├───────────────────┤
struct Disruptions: Sendable {
    /// Those that reach past ``start``, in order; the first may have begun before it.
    private(set) var intervals: [Interval] = []
    private let up: IntervalSet
    private let start: Instant
    private let since: Instant?

    /// Those of `timeline` that reach past `start`.
    ///
    /// - Parameter since: since when one goes on at `start`; nil where none does, or where that is not known.
    init(_ timeline: ServiceTimeline, after start: Instant = .distantPast, since: Instant? = nil) {
        (up, self.start, self.since) = (timeline.up, start, since)
        let ups = timeline.up.intervals
        let downs = timeline.down.intervals
        var next = ups.partitionPoint { $0.end > start }
        for down in downs[downs.partitionPoint { $0.end > start }...] {
            let known = next
            while next < ups.count, ups[next].start < down.start { next += 1 }
            let begin: Instant
            if next > known {
                begin = down.start
            } else if let last = intervals.popLast() {
                begin = last.start
            } else {
                begin = since ?? down.start
            }
            intervals.append(Interval(unchecked: begin, down.end))
        }
    }

    /// The one that began before `instant` and has downtime after it; nil where there is none.
    func lasting(over instant: Instant) -> Interval? {
        let next = intervals.partitionPoint { $0.start >= instant }
        return next > 0 && intervals[next - 1].end > instant ? intervals[next - 1] : nil
    }

    /// Since when one goes on at `instant`, or may go on, being unmeasured then; nil where the service was up after the
    /// last downtime before it.
    func since(at instant: Instant) -> Instant? {
        let next = intervals.partitionPoint { $0.start >= instant }
        let last = next > 0 ? intervals[next - 1] : nil
        guard let stretch = Interval(last?.end ?? start, instant) else { return last?.start }
        return up.last(in: stretch) == nil ? last?.start ?? since : nil
    }

    /// Whether what goes on at `instant`, or may go on then, may have begun before ``start``: the service was not up
    /// between the two.
    func mayBeOlder(at instant: Instant) -> Bool {
        let next = intervals.partitionPoint { $0.start >= instant }
        if next > 0, since(at: instant) == nil { return false }
        let known = next > 0 ? intervals[next - 1].start : instant
        return Interval(start, known).map { up.last(in: $0) == nil } ?? true
    }
}
