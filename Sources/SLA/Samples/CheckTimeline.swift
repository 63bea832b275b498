/// What the samples of one check from one vantage point say about time, pass by pass, without those that a void takes: semantics §3.1 to §3.6.
///
/// The whole series at once (a report) and one sample at a time (the daemon) are the same calls, so they give the same
/// digits.
///
///     pass 0    ├── up ──────────────┤ the clock is set back
///     pass 1              ├── down ──┼──── up ────
///     check     ├── up ───┤── down ──┼──── up ────      down where either is, then unmeasured where either is
public struct CheckTimeline: Equatable, Sendable {
    /// The vantage point that took them; nil for the one without a name.
    public let vantage: String?
    /// Which samples are in the series, and how they are read.
    public private(set) var rules: SeriesRules
    /// Where passes ended, by their own clocks, as far as that is known.
    private var ends: [Pass: Instant]
    private var current = PassRecord(pass: 0)
    /// The passes before it of which samples were fed, in order, also where a void took them all.
    private var earlier: [PassRecord] = []

    /// What voids took of it; nil where nobody asks.
    private var voided: VoidedTime?

    /// What is known of the check from what was forgotten; nil where nothing was.
    private var known: Known?

    private struct Known: Equatable, Sendable {
        let at: Instant
        let state: CheckMembership.State
    }

    /// A pass: what may still change, and what never will.
    private struct PassRecord: Equatable, Sendable {
        let pass: Pass
        var timeline = PassTimeline()
        var history = SpanHistory()

        /// Everything that is decided and taken away goes back among what may change.
        mutating func reopen() {
            timeline.takeBack(history.all())
            history = SpanHistory()
        }
    }

    /// A timeline without samples.
    ///
    /// - Parameters:
    ///   - rules: how the check's samples are read, since when.
    ///   - vantage: the vantage point that takes them; nil for the one without a name.
    ///   - voids: the time in which samples leave the series.
    ///   - ends: where passes ended, by their own clocks, as far as that is known.
    public init(
        _ rules: CheckRules, from vantage: String? = nil, voids: SampleVoids = SampleVoids(),
        ends: [Pass: Instant] = [:]
    ) {
        self.vantage = vantage
        self.rules = SeriesRules(rules, voids: voids)
        self.ends = ends
    }

    /// A timeline without samples of a check that is read in one way for all time.
    ///
    /// - Parameters:
    ///   - staleAfter: how long a sample speaks for the time after it, in ms.
    ///   - confirm: how many adjacent failures make an outage.
    public init(
        staleAfter: Milliseconds, confirm: Int, voids: SampleVoids = SampleVoids(), ends: [Pass: Instant] = [:]
    ) {
        self.init(CheckRules(staleAfter: staleAfter, confirm: confirm), voids: voids, ends: ends)
    }

    /// The latest sample of the latest pass that is in the series.
    public var last: Sample? { current.timeline.last }

    /// Whether `sample` can be fed as it comes: it is later than everything fed.
    func isInOrder(_ sample: Sample) -> Bool {
        if sample.pass != current.pass { return sample.pass > current.pass }
        return current.timeline.last.map { $0.at < sample.at } ?? true
    }

    /// Feeds the next sample: of a later pass than every one before it, or of the same and later.
    @inline(__always)
    public mutating func append(_ sample: Sample) {
        if sample.pass != current.pass { begin(sample.pass) }
        current.timeline.append(sample, rules)
        if voided != nil, rules.check.step(at: sample.at).isPart { voided?.note(sample, rules) }
    }

    /// From now on what voids take is noted, for ``voidedTime()``.
    mutating func noteVoided() { voided = VoidedTime() }

    /// What voids took of all the samples that were fed since ``noteVoided()``.
    func voidedTime() -> VoidedTime {
        var all = voided ?? VoidedTime()
        all.end(rules)
        return all
    }

    private mutating func begin(_ pass: Pass) {
        precondition(current.pass < pass, "passes are fed in order")
        if current.timeline.lastFed != nil { earlier.append(current) }
        current = PassRecord(pass: pass)
    }

    // MARK: - What it says

    /// What all the samples fed so far say, the last of them speaking for as long as it can.
    ///
    /// It reaches past the last sample; the period cuts it at `as_of`.
    public func spans() -> CheckSpans {
        combined { pass in
            var all = pass.history.all()
            all.append(pass.timeline.spans(rules))
            return all
        }
    }

    /// The same of what ``settle(to:)`` has not put away.
    func openSpans() -> CheckSpans { combined { $0.timeline.spans(rules) } }

    private func combined(_ spans: (PassRecord) -> CheckSpans) -> CheckSpans {
        if earlier.isEmpty, ends[current.pass] == nil { return spans(current) }
        return CheckSpans(
            passes: (earlier + [current]).compactMap { pass in
                extent(of: pass).map { (spans(pass), $0) }
            })
    }

    /// The time of which a pass says something: from its first sample to the step by its own clock, or to the end of its
    /// last sample's coverage (semantics §3.1).
    private func extent(of pass: PassRecord) -> Interval? {
        guard let first = pass.timeline.first, let reach = pass.timeline.reach(rules) else { return nil }
        return Interval(first, ends[pass.pass] ?? reach)
    }

    /// Whether the last samples are failures too few to be an outage, and still speak for `now`.
    public func isUndecided(at now: Instant) -> Bool { current.timeline.isUndecided(at: now, rules) }

    /// The next instant after `now` at which time alone makes it say something else; nil where there is none.
    func nextChange(after now: Instant) -> Instant? {
        let isPast = earlier.allSatisfy { pass in extent(of: pass).map { $0.end <= now } ?? true }
        if isPast, ends[current.pass] == nil, last.map({ $0.at <= now }) ?? true {
            return current.timeline.reach(rules).flatMap { $0 > now ? $0 : nil }
        }
        // The clock was set back: what a pass saw after that is still to come by the clock of now.
        let spans = openSpans()
        return [spans.up.edge(after: now), spans.down.edge(after: now)].compactMap { $0 }.min()
    }

    /// The instant before which no later sample of the same pass changes anything; before every instant where none was
    /// fed.
    ///
    /// The last sample may still speak for all the time from it on, and an `up` may turn out to be where the
    /// longest outage begins. Of an open run, what a confirmed one covers up to its last failure is down, whatever
    /// comes; one that is not confirmed is open from the success before it.
    var settledTo: Instant { current.timeline.settledTo(rules) }

    // MARK: - Rules

    /// When the check is part of its service, by all the samples fed so far.
    func membership(to end: Instant = .distantFuture) -> CheckMembership {
        CheckMembership(
            rules.check, from: known?.at ?? .distantPast, to: end, known: known?.state,
            covered: rules.check.isConstant ? .empty : covered(), wasDown: spans().wasDown(before:))
    }

    /// The time that samples cover, of whichever pass.
    func covered() -> IntervalSet {
        (earlier + [current]).reduce(.empty) { all, pass in
            guard let extent = extent(of: pass) else { return all }
            let (spans, open) = (pass.history.all(), pass.timeline.spans(rules))
            return all.union(spans.covered.union(open.covered).intersection(extent))
        }
    }

    /// Whether it is part of its service for all time that is kept.
    var isAlwaysPart: Bool {
        guard let known else { return rules.check.isConstant && rules.check.first.isPart }
        return known.state.hasJoined && !rules.check.comesOrGoes(from: known.at)
    }

    /// Whether it is part of its service at no time that is kept.
    var isNeverPart: Bool {
        guard let known else { return rules.check.isNeverPart }
        return !known.state.hasJoined && known.state.holeEnd == nil && !rules.check.step(at: known.at).isPart
            && !rules.check.comesOrGoes(from: known.at)
    }

    /// Takes over how samples are read.
    ///
    /// - Returns: the instant from which on samples that were fed are to be read again; nil where none is.
    mutating func follow(_ check: CheckRules) -> Instant? {
        let difference = check.firstDifference(from: rules.check)
        rules.check = check
        return readAgain(from: difference)
    }

    /// `difference`, where samples were fed from there on.
    private func readAgain(from difference: Instant?) -> Instant? {
        let fed = (earlier + [current]).compactMap(\.timeline.lastFed).max()
        guard let difference, let fed, difference <= fed else { return nil }
        return difference
    }

    // MARK: - Corrections

    /// Takes over where passes ended.
    ///
    /// - Returns: whether any of those that are here ends elsewhere than before.
    mutating func end(_ ends: [Pass: Instant]) -> Bool {
        let isOther = (earlier + [current]).contains { self.ends[$0.pass] != ends[$0.pass] }
        self.ends = ends
        return isOther
    }

    /// Takes over the time in which samples leave the series.
    ///
    /// - Returns: the instant from which on samples that were fed are to be read again; nil where none is.
    mutating func correct(_ voids: SampleVoids) -> Instant? {
        let difference = voids.firstDifference(from: rules.voids)
        rules.voids = voids
        return readAgain(from: difference)
    }

    /// Goes back in each pass of `passes`, and feeds what follows again.
    mutating func readAgain(_ passes: [SamplesAgain]) {
        reopen()
        for pass in passes.sorted(by: { $0.pass < $1.pass }) {
            if pass.pass > current.pass { begin(pass.pass) }
            if pass.pass == current.pass {
                Self.feed(pass, to: &current, rules)
                continue
            }
            let index = earlier.partitionPoint { $0.pass >= pass.pass }
            if index == earlier.count || earlier[index].pass != pass.pass {
                // It was forgotten, as it ended before the month.
                if pass.samples.isEmpty { continue }
                earlier.insert(PassRecord(pass: pass.pass), at: index)
            }
            Self.feed(pass, to: &earlier[index], rules)
        }
    }

    private static func feed(_ again: SamplesAgain, to pass: inout PassRecord, _ rules: SeriesRules) {
        pass.timeline.rewind(to: again.after, after: CheckSpans())
        for sample in again.samples { pass.timeline.append(sample, rules) }
    }

    // MARK: - What is kept

    /// Forgets what ended at `instant` or before; what is still needed to go on stays.
    public mutating func forget(before instant: Instant) {
        if instant > known?.at ?? .distantPast { known = Known(at: instant, state: membership(to: instant).state) }
        if !earlier.isEmpty {
            earlier = earlier.filter { pass in
                (extent(of: pass)?.end ?? pass.timeline.lastFed).map { $0 > instant } ?? false
            }
        }
        for index in earlier.indices { earlier[index].history.forget(before: instant) }
        for index in earlier.indices { earlier[index].timeline.forget(before: instant) }
        current.history.forget(before: instant)
        current.timeline.forget(before: instant)
    }

    /// Puts away what ended at `instant` or before, which is no later than ``settledTo``: a copy shares it.
    mutating func settle(to instant: Instant) {
        for index in earlier.indices {
            earlier[index].history.append(earlier[index].timeline.takeDecided(before: instant))
        }
        current.history.append(current.timeline.takeDecided(before: instant))
    }

    /// What was put away may change again.
    mutating func reopen() {
        for index in earlier.indices { earlier[index].reopen() }
        current.reopen()
    }

    /// How many intervals may still change.
    var openCount: Int { earlier.reduce(current.timeline.decidedCount) { $0 + $1.timeline.decidedCount } }

    /// How many passes it holds.
    var passCount: Int { earlier.count + 1 }
}

/// The samples of one pass of a check that are to be fed again.
public struct SamplesAgain: Sendable {
    /// The pass.
    public let pass: Pass
    /// The sample to go back to, in the series and up; nil for the very beginning.
    public let after: Sample?
    /// All those after it, in order of time.
    public let samples: [Sample]

    /// The samples of `pass` after `after`.
    public init(pass: Pass, after: Sample?, samples: [Sample]) {
        self.pass = pass
        self.after = after
        self.samples = samples
    }
}
