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
    /// What voids took (semantics §3.3); those of which they took nothing may be left out.
    private let voided: [Viewpoint: VoidedTime]
    /// Where it was down, whatever its checks saw (semantics §3.3).
    public let downtime: IntervalSet

    /// How its state was made up, since when.
    private let combinations: CombinationHistory
    /// From when on samples were read for it; ``Instant/distantPast`` where all were.
    public private(set) var readFrom = Instant.distantPast

    /// The service whose checks saw `checks`, at least one, for all time.
    ///
    /// - Parameters:
    ///   - downtime: where it was down, whatever they saw.
    public init(mode: CheckMode, checks: [CheckSpans], downtime: IntervalSet = .empty) {
        self.init(
            [CombinationChange(from: .distantPast, mode: mode)], checks.map { SeenCheck("", $0) }, downtime: downtime)
    }

    /// The service of `seen`, which make up its state as `combinations` say.
    ///
    /// - Parameters:
    ///   - known: what is in force at the instant from which on all is known; nil where that is the beginning.
    ///   - voided: what voids took.
    ///   - downtime: where it was down, whatever they saw.
    init(
        _ combinations: [CombinationChange], known: CombinationChange? = nil, _ seen: [SeenCheck],
        voided: [Viewpoint: VoidedTime] = [:], downtime: IntervalSet = .empty
    ) {
        self.voided = voided
        self.downtime = downtime
        let history = CombinationHistory(combinations, known: known) {
            CombinedSpans(seen, by: $0).up.subtracting(downtime)
        }
        self.combinations = history
        let checks = seen.map { $0.measured(by: history) }
        let modes = history.stretches(of: \.mode)
        let combined =
            modes.count == 1
            ? CombinedSpans(checks, by: modes[0].value)
            : CombinedSpans(modes.map { (CombinedSpans(checks, by: $0.value), $0.time) })
        up = combined.up.subtracting(downtime)
        down = combined.down.union(downtime)
        shortestDown = combined.shortestDown.union(downtime)
        longestDown = combined.longestDown.union(downtime)
        longestUp = combined.longestUp.subtracting(downtime)
        func any(_ part: (CheckSpans) -> IntervalSet) -> IntervalSet {
            checks.reduce(.empty) { $0.union(part($1.spans)) }
        }
        unknown = any(\.unknown)
        undecided = any(\.undecided)
        transients = checks.flatMap(\.spans.transients).sorted { $0.start < $1.start }
    }

    /// The timeline of `service` in `period`: each of its checks fed by `feed`, once for each of its vantage points, pass
    /// by pass in order of time, with what the calculation over the interval that it is given needs.
    ///
    /// A mode or a quorum that waits to begin may have waited since long before the period: then what came before is read as well,
    /// each time as far back again, and no more.
    ///
    /// - Parameters:
    ///   - corrections: what was corrected of it.
    ///   - ends: where passes ended, of any check.
    public init(
        of service: Service, in period: Interval = .always,
        corrections: ServiceCorrections = ServiceCorrections(), ends: [PassEnd] = [],
        feed: (CheckID, Interval, inout CheckTimeline) throws -> Void
    ) rethrows {
        let rules = service.rules
        var back = LookBack(from: period.start)
        while true {
            let time = Interval(unchecked: back.from, period.end)
            var voided: [Viewpoint: VoidedTime] = [:]
            let checks = try rules.checks(in: time).map { check in
                let id = CheckID(service: service.id, check: check)
                let timelines = try rules.vantages(of: check).map { vantage in
                    let view = Viewpoint(check: check, vantage: vantage)
                    var timeline = CheckTimeline(
                        rules.rules(of: check, from: vantage), from: vantage, voids: corrections[view],
                        ends: ends.ends(of: id, from: vantage))
                    if !timeline.rules.voids.isEmpty { timeline.noteVoided() }
                    try feed(id, time, &timeline)
                    if !timeline.rules.voids.isEmpty { voided[view] = timeline.voidedTime() }
                    return timeline
                }
                return SeenCheck(check, timelines, by: rules)
            }
            let changes = rules.combinations
            let uncertain = CombinationHistory.uncertainty(of: changes, at: period.start, readFrom: time.start) {
                CombinedSpans(checks, by: $0).up.subtracting(corrections.downtime)
            }
            if uncertain == nil || back.next(before: [uncertain]) == nil {
                self.init(changes, checks, voided: voided, downtime: corrections.downtime)
                readFrom = time.start
                return
            }
        }
    }

    /// Whether `correction` of `service` changes anything of it within `time`: a downtime lies over it; a void of a family
    /// or a vantage point takes a sample or ends the coverage of one there; any other has made it unmeasured, also where the samples are
    /// not there to be taken, since a ledger has lost them.
    func isTouched(by correction: Correction, of service: Service, within time: IntervalSet) -> Bool {
        correction.scope.contains { term in
            let own = time.intersection(correction.interval).intersection(service.time(of: term))
            guard correction.kind == .void, !own.isEmpty else { return !own.isEmpty }
            let (views, part) = ServiceCorrections.part(of: service, term)
            if part == .all, !term.isOfVantage { return !own.subtracting(up).subtracting(down).isEmpty }
            return views.contains { voided[$0].map { !$0.time(of: part).intersection(own).isEmpty } ?? false }
        }
    }

    /// Whether `service` is up at `instant` for certain by what `timelines` of its checks say: then nothing of before is
    /// asked. Not where its rules have changed.
    public static func isUp(
        _ service: Service, at instant: Instant, by timelines: [CheckTimeline], downtime: IntervalSet
    ) -> Bool {
        service.past == nil
            && ServiceTimeline(mode: service.mode, checks: timelines.map { $0.spans() }, downtime: downtime)
                .up.contains(instant)
    }

    /// By which mode the checks make up its state at `instant`.
    public func mode(at instant: Instant) -> CheckMode { combinations.combination(at: instant).mode }

    /// Since when it is disrupted at `instant`, down or unmeasured since it was, as far as it is known after `start`;
    /// and whether that may have begun before `start`.
    public func disruption(at instant: Instant, after start: Instant) -> (since: Instant?, mayBeOlder: Bool) {
        if up.contains(instant) { return (nil, false) }
        // What is down at the instant goes on then.
        let disruptions = Disruptions(self, after: start)
        let since = disruptions.since(at: instant + 1)
        return (since.flatMap { $0 < instant ? $0 : nil }, disruptions.mayBeOlder(at: instant + 1))
    }

    /// The state at `instant`, and since when it has held.
    public func state(at instant: Instant) -> (state: ServiceState, since: Instant?) {
        if let span = down.interval(holding: instant) { return (.down, span.start) }
        if let span = up.interval(holding: instant) { return (.up, span.start) }
        return (.unmeasured, [up.end(before: instant), down.end(before: instant)].compactMap { $0 }.max())
    }
}
