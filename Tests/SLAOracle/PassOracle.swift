import SLA

/// Semantics §3.3 to §3.6, word by word, for one pass of a check: what each sample makes of the time it covers, found by
/// looking at the samples around it and at nothing else. It shares no code with the implementation.
struct PassOracle {
    /// Those of the pass that are in no void, in order of time.
    let samples: [Sample]
    /// How a sample that was taken at an instant is read; nil where the check was no part of the service.
    let reading: (Int64) -> World.Reading?
    /// Where the coverage of each sample ends, whatever follows: it is stale, or a void begins that takes its kind, or the
    /// check leaves the service.
    private let reaches: [Int64]
    /// Where the pass ended by its own clock, where that is known.
    let end: Int64?

    /// - Parameters:
    ///   - voids: those that apply to the check: from, to, and the family that they take; nil for all.
    ///   - leaves: when the check left the service.
    init(
        _ samples: [Sample], voids: [CheckOracle.Void], end: Int64?, leaves: [Int64],
        reading: @escaping (Int64) -> World.Reading?
    ) {
        self.samples = samples.filter { sample in
            reading(sample.at.milliseconds) != nil
                && !voids.contains {
                    $0.takes(sample) && $0.from <= sample.at.milliseconds && sample.at.milliseconds < $0.to
                }
        }
        self.reading = reading
        self.end = end
        reaches = self.samples.map { sample in
            let at = sample.at.milliseconds
            let cuts = voids.filter { $0.takes(sample) && $0.from > at }.map(\.from) + leaves.filter { $0 > at }
            return min(at + (reading(at)?.staleAfter ?? 0), cuts.min() ?? .max)
        }
    }

    private func reach(_ index: Int) -> Int64 { reaches[index] }

    /// How many failures in a row an outage takes that begins with sample `index`.
    private func confirm(_ index: Int) -> Int { reading(samples[index].at.milliseconds)?.confirm ?? 1 }

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

    /// What nobody looked at confirms nothing.
    private func isOutage(_ run: ClosedRange<Int>) -> Bool {
        run.count { !samples[$0].isDerived } >= confirm(run.lowerBound)
    }

    /// The last success before the failure at the beginning of `run` that somebody looked at, where adjacent successes
    /// lead from it to the run.
    private func previousUp(of run: ClosedRange<Int>) -> Int? {
        var index = run.lowerBound - 1
        while index >= 0, samples[index].state == .up, isAdjacentToNext(index) {
            if !samples[index].isDerived { return index }
            index -= 1
        }
        return nil
    }

    /// The run that an unbroken series of adjacent successes from sample `index` on leads to, none of which after it
    /// somebody looked at: else that one is the last before the run.
    private func runAhead(of index: Int) -> ClosedRange<Int>? {
        var next = index
        while samples[next].state == .up {
            guard isAdjacentToNext(next) else { return nil }
            next += 1
            if samples[next].state == .up, !samples[next].isDerived { return nil }
        }
        return samples[next].state == .down ? run(around: next) : nil
    }

    /// Whether `run` is too short to be an outage, and resolved by an adjacent success.
    private func isTransient(_ run: ClosedRange<Int>) -> Bool {
        !isOutage(run) && isAdjacentToNext(run.upperBound) && samples[run.upperBound + 1].state == .up
    }

    /// What the time is that sample `index` covers.
    private func view(ofSample index: Int) -> CheckOracle.View {
        switch samples[index].state {
        case .unknown:
            return .uncovered
        case .up:
            guard let run = runAhead(of: index), let up = previousUp(of: run), up <= index else {
                return CheckOracle.View(state: .up, longest: .up)
            }
            // What fails after it may have failed as soon as it was over.
            return CheckOracle.View(state: .up, longest: isOutage(run) || isTransient(run) ? .down : .unmeasured)
        case .down:
            let run = run(around: index)
            if isOutage(run) {
                // [first down.at, last down.at) of those that somebody looked at.
                let seen = run.filter { !samples[$0].isDerived }
                let isShortest = seen.first ?? .max <= index && index < seen.last ?? .min
                return CheckOracle.View(
                    state: .down, isDownAtShortest: isShortest, longest: .down, isFailing: true)
            }
            if isTransient(run) { return CheckOracle.View(state: .up, longest: .down, isInTransient: true) }
            return CheckOracle.View(state: .unmeasured, longest: .unmeasured, isFailing: true)
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
