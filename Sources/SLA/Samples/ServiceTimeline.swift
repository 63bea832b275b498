/// Time as a service's checks saw it together (semantics §3).
///
/// What is neither up nor down is unmeasured.
public struct ServiceTimeline: Hashable, Sendable {
    /// Where it was up.
    public let up: IntervalSet
    /// Where it was down, as measured.
    public let down: IntervalSet
    /// Where it was down at the shortest.
    public let shortestDown: IntervalSet
    /// Where it was down at the longest.
    public let longestDown: IntervalSet
    /// Covered by a sample that could not tell, of any check.
    public let unknown: IntervalSet
    /// Covered by a failure that nothing confirmed or resolved, of any check.
    public let undecided: IntervalSet
    /// The transients of all checks, by their beginning.
    public let transients: [Interval]

    /// The service whose checks saw `checks`, at least one.
    public init(mode: CheckMode, checks: [CheckSpans]) {
        func every(_ part: (CheckSpans) -> IntervalSet) -> IntervalSet {
            checks.dropFirst().reduce(checks.first.map(part) ?? .empty) { $0.intersection(part($1)) }
        }
        func any(_ part: (CheckSpans) -> IntervalSet) -> IntervalSet {
            checks.reduce(.empty) { $0.union(part($1)) }
        }
        switch mode {
        case .all:
            // Down where any is; up only where none is down or unmeasured, so where every one is up.
            up = every(\.up)
            down = any(\.down)
            shortestDown = any(\.shortestDown)
            longestDown = any(\.longestDown)
        case .any:
            up = any(\.up)
            down = every(\.down)
            shortestDown = every(\.shortestDown)
            longestDown = every(\.longestDown)
        }
        unknown = any(\.unknown)
        undecided = any(\.undecided)
        transients = checks.flatMap(\.transients).sorted { $0.start < $1.start }
    }

    /// The timeline of `service`: each of its checks fed by `feed`, in order of time.
    public init(of service: Service, feed: (CheckID, inout CheckTimeline) throws -> Void) rethrows {
        let spans = try service.checks.map { check in
            var timeline = CheckTimeline(staleAfter: check.staleAfter, confirm: check.confirm)
            try feed(CheckID(service: service.id, check: check.id), &timeline)
            return timeline.spans()
        }
        self.init(mode: service.mode, checks: spans)
    }

    /// The state at `instant`, and since when it has held.
    public func state(at instant: Instant) -> (state: ServiceState, since: Instant?) {
        if let span = down.interval(holding: instant) { return (.down, span.start) }
        if let span = up.interval(holding: instant) { return (.up, span.start) }
        return (.unmeasured, [up.end(before: instant), down.end(before: instant)].compactMap { $0 }.max())
    }
}
