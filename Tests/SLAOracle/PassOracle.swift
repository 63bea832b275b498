import SLA

/// Semantics §3.3 to §3.6, word by word, for one pass of a check: what each sample makes of the time it covers, found by
/// looking at the samples around it and at nothing else. It shares no code with the implementation.
struct PassOracle {
    /// Those of the pass that are in no void, in order of time.
    let samples: [Sample]
    let staleAfter: Int64
    let confirm: Int
    /// The voids that apply to the check: from, to, and the family that they take; nil for all.
    let voids: [CheckOracle.Void]
    /// Where the pass ended by its own clock, where that is known.
    let end: Int64?

    init(_ samples: [Sample], of watch: World.Watch, voids: [CheckOracle.Void], end: Int64?) {
        self.samples = samples.filter { sample in
            !voids.contains { $0.takes(sample) && $0.from <= sample.at.milliseconds && sample.at.milliseconds < $0.to }
        }
        staleAfter = watch.staleAfter
        confirm = watch.confirm
        self.voids = voids
        self.end = end
    }

    /// Where the coverage of sample `index` ends, whatever follows: it is stale, or a void begins that takes its kind.
    private func reach(_ index: Int) -> Int64 {
        let at = samples[index].at.milliseconds
        let cuts = voids.filter { $0.takes(samples[index]) && $0.from > at }.map(\.from)
        return min(at + staleAfter, cuts.min() ?? .max)
    }

    /// Whether sample `index` covers up to the one after it.
    private func isAdjacentToNext(_ index: Int) -> Bool {
        index + 1 < samples.count && reach(index) >= samples[index + 1].at.milliseconds
    }

    /// The maximal series of adjacent failures that the failure `index` is in.
    private func run(around index: Int) -> ClosedRange<Int> {
        var (first, last) = (index, index)
        while first > 0, samples[first - 1].state == .down, isAdjacentToNext(first - 1) { first -= 1 }
        while isAdjacentToNext(last), samples[last + 1].state == .down { last += 1 }
        return first...last
    }

    /// Whether the failure `index` is in an outage.
    private func isConfirmed(_ index: Int) -> Bool { run(around: index).count >= confirm }

    /// Whether `run` is too short to be an outage, and resolved by an adjacent success.
    private func isTransient(_ run: ClosedRange<Int>) -> Bool {
        run.count < confirm && isAdjacentToNext(run.upperBound) && samples[run.upperBound + 1].state == .up
    }

    /// What the time is that sample `index` covers.
    private func view(ofSample index: Int) -> CheckOracle.View {
        switch samples[index].state {
        case .unknown:
            return .uncovered
        case .up:
            guard isAdjacentToNext(index), samples[index + 1].state == .down else {
                return CheckOracle.View(state: .up, longest: .up)
            }
            // What fails after it may have failed as soon as it was over.
            let isKnown = isConfirmed(index + 1) || isTransient(run(around: index + 1))
            return CheckOracle.View(state: .up, longest: isKnown ? .down : .unmeasured)
        case .down:
            let run = run(around: index)
            if run.count >= confirm {
                // [first down.at, last down.at) is all that the run's samples cover, but for its last one.
                return CheckOracle.View(state: .down, isDownAtShortest: index < run.upperBound, longest: .down)
            }
            return isTransient(run) ? CheckOracle.View(state: .up, longest: .down) : .uncovered
        }
    }

    /// What each of the ticks that begin at `start`, `start + tick`, … before `end` is; nil where the pass says nothing.
    func views(from start: Int64, to end: Int64, tick: Int64) -> [CheckOracle.View?] {
        let bySample = samples.indices.map { view(ofSample: $0) }
        var views: [CheckOracle.View?] = []
        var next = 0
        var at = start
        let first = samples.first?.at.milliseconds ?? .max
        let extent = first..<max(first, self.end ?? samples.indices.last.map(reach) ?? .min)
        while at < end {
            while next < samples.count, samples[next].at.milliseconds <= at { next += 1 }
            let isCovered = next > 0 && at < reach(next - 1)
            views.append(!extent.contains(at) ? nil : isCovered ? bySample[next - 1] : .uncovered)
            at += tick
        }
        return views
    }

    /// When each transient begins.
    var transients: [Int64] {
        samples.indices.filter { index in
            guard samples[index].state == .down else { return false }
            let run = run(around: index)
            return run.lowerBound == index && isTransient(run)
        }.map { samples[$0].at.milliseconds }
    }
}
