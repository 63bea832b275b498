extension IntervalSet {
    /// The instants that at least `count` of `sets` hold, `count` being at least 1. The time of sorting their ends.
    static func held(byAtLeast count: Int, of sets: [IntervalSet]) -> IntervalSet {
        if count > sets.count { return .empty }
        if count == 1 { return sets.reduce(.empty) { $0.union($1) } }
        if count == sets.count { return sets.dropFirst().reduce(sets[0]) { $0.intersection($1) } }
        // At one instant what ends goes first, as it does not hold it.
        let ends = sets.flatMap { $0.intervals.flatMap { [($0.start, 1), ($0.end, -1)] } }.sorted(by: <)
        var (found, held, start) = (IntervalSet.empty, 0, Instant.distantPast)
        for (at, step) in ends {
            if held == count - 1, step == 1 { start = at }
            if held == count, step == -1, let whole = Interval(start, at) { found.append(whole) }
            held += step
        }
        return found
    }
}
