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
    /// Where it was up at the longest; what is neither is unmeasured at the longest.
    let longestUp: IntervalSet
    /// Covered by a sample that could not tell, of any check.
    public let unknown: IntervalSet
    /// Covered by a failure that nothing confirmed or resolved, of any check.
    public let undecided: IntervalSet
    /// The transients of all checks, by their beginning.
    public let transients: [Interval]
    /// What voids took, by the check's identifier (semantics §3.3); those of which they took nothing may be left out.
    private let voided: [String: VoidedTime]
    /// Where it was down, whatever its checks saw (semantics §3.3).
    public let downtime: IntervalSet

    /// The service whose checks saw `checks`, at least one.
    ///
    /// - Parameters:
    ///   - downtime: where it was down, whatever they saw.
    public init(mode: CheckMode, checks: [CheckSpans], downtime: IntervalSet = .empty) {
        self.init(mode: mode, checks: checks, voided: [:], downtime: downtime)
    }

    private init(mode: CheckMode, checks: [CheckSpans], voided: [String: VoidedTime], downtime: IntervalSet) {
        self.voided = voided
        self.downtime = downtime
        func every(_ part: (CheckSpans) -> IntervalSet) -> IntervalSet {
            checks.dropFirst().reduce(checks.first.map(part) ?? .empty) { $0.intersection(part($1)) }
        }
        func any(_ part: (CheckSpans) -> IntervalSet) -> IntervalSet {
            checks.reduce(.empty) { $0.union(part($1)) }
        }
        // In mode `all`, down where any is; up only where none is down or unmeasured, so where every one is up.
        let (ups, downs) = mode == .all ? (every, any) : (any, every)
        up = ups(\.up).subtracting(downtime)
        down = downs(\.down).union(downtime)
        shortestDown = downs(\.shortestDown).union(downtime)
        longestDown = downs(\.longestDown).union(downtime)
        longestUp = ups(\.longestUp).subtracting(downtime)
        unknown = any(\.unknown)
        undecided = any(\.undecided)
        transients = checks.flatMap(\.transients).sorted { $0.start < $1.start }
    }

    /// The timeline of `service`: each of its checks fed by `feed`, pass by pass in order of time.
    ///
    /// - Parameters:
    ///   - corrections: what was corrected of it.
    ///   - ends: where passes ended, of any check.
    public init(
        of service: Service, corrections: ServiceCorrections = ServiceCorrections(), ends: [PassEnd] = [],
        feed: (CheckID, inout CheckTimeline) throws -> Void
    ) rethrows {
        var voided: [String: VoidedTime] = [:]
        let spans = try service.checks.map { check in
            let id = CheckID(service: service.id, check: check.id)
            var timeline = CheckTimeline(of: check, voids: corrections[check.id], ends: ends.ends(of: id))
            if !timeline.voids.isEmpty { timeline.noteVoided() }
            try feed(id, &timeline)
            if !timeline.voids.isEmpty { voided[check.id] = timeline.voidedTime() }
            return timeline.spans()
        }
        self.init(mode: service.mode, checks: spans, voided: voided, downtime: corrections.downtime)
    }

    /// Whether `correction` of `service` changes anything of it within `time`: a downtime lies over it; a void of a family
    /// takes a sample or ends the coverage of one there; any other has made it unmeasured, also where the samples are
    /// not there to be taken, since a ledger has lost them.
    func isTouched(by correction: Correction, of service: Service, within time: IntervalSet) -> Bool {
        let own = time.intersection(correction.interval)
        guard correction.kind == .void, !own.isEmpty else { return !own.isEmpty }
        return correction.scope.contains { term in
            guard term.concerns(service) else { return false }
            let (checks, part) = ServiceCorrections.part(of: service, term)
            if part == .all { return !own.subtracting(up).subtracting(down).isEmpty }
            return checks.contains { voided[$0].map { !$0.time(of: part).intersection(own).isEmpty } ?? false }
        }
    }

    /// The state at `instant`, and since when it has held.
    public func state(at instant: Instant) -> (state: ServiceState, since: Instant?) {
        if let span = down.interval(holding: instant) { return (.down, span.start) }
        if let span = up.interval(holding: instant) { return (.up, span.start) }
        return (.unmeasured, [up.end(before: instant), down.end(before: instant)].compactMap { $0 }.max())
    }
}
