/// A check as its vantage points saw it (semantics §3.7).
///
///     a, b, c   ├── up ──┬── down ──────────┬── up ──
///               ├── up ────────┬── down ────┴── up ──
///               ├── up ─────────────────────────────
///     2 of 3    ├── up ────────┬── down ────┴── up ──      an outage begins with the second
struct SeenCheck: Sendable {
    /// What one vantage point saw, and when it is one of the check's; nil for all time.
    struct View: Sendable {
        let spans: CheckSpans
        let part: IntervalSet?
    }

    /// The check's identifier within the service.
    let id: String
    private let views: [View]
    /// When it is part of its service; nil for all time.
    private let part: IntervalSet?

    private init(_ id: String, _ views: [View], part: IntervalSet?) {
        self.id = id
        self.views = views
        self.part = part
    }

    /// A check that saw `spans` from one vantage point.
    init(_ id: String, _ spans: CheckSpans) { self.init(id, [View(spans: spans, part: nil)], part: nil) }

    /// All that `timeline` says, of the only vantage point.
    init(_ id: String, _ timeline: CheckTimeline) {
        self.init(
            id, [View(spans: timeline.spans(), part: nil)],
            part: timeline.isAlwaysPart ? nil : timeline.membership().time)
    }

    /// All that `timelines` say, one of each vantage point that `rules` ever name.
    init(_ id: String, _ timelines: [CheckTimeline], by rules: MeasuringRules) {
        if let only = timelines.first, timelines.count == 1 {
            self.init(id, only)
            return
        }
        let own = rules.rules(of: id)
        let spans = timelines.map { $0.spans() }
        let quorum = rules.smallestQuorum(of: id)
        let membership = CheckMembership(
            own, covered: timelines.reduce(.empty) { $0.union($1.covered()) },
            wasDown: { instant in
                let last = zip(timelines, spans).filter { $0.0.rules.check.isPart(before: instant) }
                    .map { $0.1.wasDown(before: instant) }
                return last.allSatisfy { $0 == nil } ? nil : last.count { $0 == true } >= min(quorum, last.count)
            })
        // Who was recorded together with the check is there with it, silent or not.
        let beginnings = Set(own.stints.map(\.interval.start))
        let views = zip(timelines, spans).map { timeline, spans in
            if timeline.isAlwaysPart { return View(spans: spans, part: nil) }
            let together = timeline.rules.check.stints.map(\.interval).filter { beginnings.contains($0.start) }
            return View(spans: spans, part: timeline.membership().time.union(IntervalSet(together)))
        }
        self.init(id, views, part: own.isConstant && own.first.isPart ? nil : membership.time)
    }

    /// What they say together where it is down from at least `quorum`.
    func measured(by quorum: Int) -> MeasuredCheck { MeasuredCheck(spans(by: quorum), part: part) }

    /// The same by the quorums of `history`.
    func measured(by history: CombinationHistory) -> MeasuredCheck {
        let quorums = history.stretches { $0.quorum(of: id) }
        if views.count == 1 || quorums.count == 1 { return measured(by: quorums[0].value) }
        return MeasuredCheck(CheckSpans(quorums.map { (spans(by: $0.value), $0.time) }), part: part)
    }

    private func spans(by quorum: Int) -> CheckSpans {
        if views.count == 1 { return views[0].spans }
        return CheckSpans(stretches.map { time, spans in (CheckSpans(spans, by: min(quorum, spans.count)), time) })
    }

    /// The time in which the same vantage points are the check's, and what they saw; without those in which it has none.
    private var stretches: [(time: Interval, spans: [CheckSpans])] {
        let edges = views.flatMap { view in (view.part?.intervals ?? []).flatMap { [$0.start, $0.end] } }
        let cuts = Set(edges + [.distantPast, .distantFuture]).sorted()
        return zip(cuts, cuts.dropFirst()).compactMap { start, end in
            let own = views.filter { $0.part?.contains(start) ?? true }.map(\.spans)
            return own.isEmpty ? nil : Interval(start, end).map { ($0, own) }
        }
    }
}

extension CheckRules {
    /// Whether the check is watched and counts just before `instant`.
    fileprivate func isPart(before instant: Instant) -> Bool {
        stints.contains { $0.interval.start < instant && instant <= $0.interval.end }
    }
}

extension CheckSpans {
    /// What `views`, at least one, say together: down where at least `quorum` are, else up where more are up than can be
    /// while it is down, else unmeasured; likewise at the shortest and at the longest. Its transients are where it is up
    /// although as many are down or in a transient.
    fileprivate init(_ views: [CheckSpans], by quorum: Int) {
        self.init()
        func held(_ count: Int, _ part: (CheckSpans) -> IntervalSet) -> IntervalSet {
            IntervalSet.held(byAtLeast: count, of: views.map(part))
        }
        let needed = views.count - quorum + 1
        up = held(needed, \.up)
        down = held(quorum, \.down)
        shortestDown = held(quorum, \.shortestDown)
        longestDown = held(quorum, \.longestDown)
        doubtful = up.subtracting(longestDown).subtracting(held(needed, \.longestUp))
        unknown = held(1, \.unknown).subtracting(up).subtracting(down)
        undecided = held(1, \.undecided).subtracting(up).subtracting(down).subtracting(unknown)
        transients = held(quorum) { $0.down.union(IntervalSet($0.transients)) }.intersection(up).intervals
    }

    /// Each of `parts` within its own time.
    fileprivate init(_ parts: [(spans: CheckSpans, time: Interval)]) {
        self.init()
        func joined(_ part: (CheckSpans) -> IntervalSet) -> IntervalSet {
            parts.reduce(.empty) { $0.union(part($1.spans).intersection($1.time)) }
        }
        up = joined(\.up)
        down = joined(\.down)
        shortestDown = joined(\.shortestDown)
        longestDown = joined(\.longestDown)
        doubtful = joined(\.doubtful)
        unknown = joined(\.unknown)
        undecided = joined(\.undecided)
        transients = joined { IntervalSet($0.transients) }.intervals
    }
}
