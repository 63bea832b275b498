/// A check as its service's timeline is made of it: what its vantage points say together, and when it is part of the
/// service.
struct MeasuredCheck: Sendable {
    /// What they say.
    let spans: CheckSpans
    /// When it is part of its service; nil for all time.
    let part: IntervalSet?

    /// A check that saw `spans`.
    init(_ spans: CheckSpans, part: IntervalSet?) {
        self.spans = spans
        self.part = part
    }
}

/// What the checks of a service say together, by one mode (semantics §3.8). Each is asked only when it is part of the
/// service; where none is, the service is unmeasured.
struct CombinedSpans: Sendable {
    let up: IntervalSet
    let down: IntervalSet
    let shortestDown: IntervalSet
    let longestDown: IntervalSet
    let longestUp: IntervalSet

    /// What `checks` say together by `combination`.
    init(_ checks: [SeenCheck], by combination: Combination) {
        self.init(checks.map { $0.measured(by: combination.quorum(of: $0.id)) }, by: combination.mode)
    }

    /// What `checks` say together by `mode`.
    init(_ checks: [MeasuredCheck], by mode: CheckMode) {
        let always = IntervalSet(.always)
        // Where a check is not part, it says nothing against the others.
        let absent = checks.map { check in check.part.map(always.subtracting) }
        let asked =
            checks.contains { $0.part == nil }
            ? nil : checks.reduce(IntervalSet.empty) { $0.union($1.part ?? .empty) }
        func every(_ part: (CheckSpans) -> IntervalSet) -> IntervalSet {
            guard let first = checks.first else { return .empty }
            var all = Self.with(absent[0], part(first.spans))
            for (check, absent) in zip(checks, absent).dropFirst() {
                all = all.intersection(Self.with(absent, part(check.spans)))
            }
            return asked.map(all.intersection) ?? all
        }
        func any(_ part: (CheckSpans) -> IntervalSet) -> IntervalSet {
            checks.reduce(.empty) { $0.union(part($1.spans)) }
        }
        // In mode `all`, down where any is; up only where none is down or unmeasured, so where every one is up.
        let (ups, downs) = mode == .all ? (every, any) : (any, every)
        up = ups(\.up)
        down = downs(\.down)
        shortestDown = downs(\.shortestDown)
        longestDown = downs(\.longestDown)
        longestUp = ups(\.longestUp)
    }

    private static func with(_ absent: IntervalSet?, _ set: IntervalSet) -> IntervalSet {
        absent.map(set.union) ?? set
    }

    /// Each of `parts` within its own time.
    init(_ parts: [(combined: CombinedSpans, time: Interval)]) {
        func joined(_ set: (CombinedSpans) -> IntervalSet) -> IntervalSet {
            parts.reduce(.empty) { $0.union(set($1.combined).intersection($1.time)) }
        }
        up = joined(\.up)
        down = joined(\.down)
        shortestDown = joined(\.shortestDown)
        longestDown = joined(\.longestDown)
        longestUp = joined(\.longestUp)
    }
}
