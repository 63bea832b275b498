/// The time that samples of one check would have covered but for its voids, by the family over which they were decided:
/// what tells a void that changes a timeline from one that lies over nothing that it takes (semantics §3.3).
struct VoidedTime: Hashable, Sendable {
    /// Of the passes that are over.
    private var earlier: [IPFamily?: IntervalSet] = [:]
    /// Of the pass of ``last``, in order of time.
    private var current: [IPFamily?: IntervalSet] = [:]
    /// The latest sample, also one that a void took.
    private var last: Sample?

    /// Takes note of the next sample, pass by pass in order of time.
    mutating func note(_ sample: Sample, _ rules: SeriesRules) {
        settle(before: sample.pass == last?.pass ? sample.at : nil, rules)
        if sample.pass != last?.pass { endPass() }
        last = sample
    }

    /// Takes note that there are no more samples.
    mutating func end(_ rules: SeriesRules) {
        settle(before: nil, rules)
        endPass()
        last = nil
    }

    /// What the latest sample loses, now that its successor is known.
    private mutating func settle(before next: Instant?, _ rules: SeriesRules) {
        guard let last else { return }
        let end = min(rules.check.reach(of: last.at), next ?? .distantFuture)
        let start = rules.voids.takes(last) ? last.at : rules.voids.end(after: last)
        if let lost = start.flatMap({ Interval($0, end) }) { current[last.family, default: .empty].append(lost) }
    }

    private mutating func endPass() {
        earlier.merge(current) { $0.union($1) }
        current = [:]
    }

    /// The time of those samples that a void of `part` can take.
    func time(of part: SampleVoids.Part) -> IntervalSet {
        switch part {
        case .all: earlier.values.reduce(.empty) { $0.union($1) }
        case .family(let family): earlier[family] ?? .empty
        case .unaddressed: earlier[nil] ?? .empty
        }
    }
}
