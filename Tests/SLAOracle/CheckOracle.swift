import SLA

/// Semantics §3, word by word, for one check: what each sample makes of the time it covers, found by looking at
/// the samples around it and at nothing else. It shares no code with the implementation.
package struct CheckOracle {
    package let samples: [Sample]
    package let staleAfter: Int64
    package let confirm: Int

    /// What a tick is, as measured and at the bounds.
    package struct View: Equatable {
        package var state: State
        package var isDownAtShortest = false
        package var isDownAtLongest = false

        package static let uncovered = View(state: .unmeasured)
    }

    package enum State: Equatable { case up, down, unmeasured }

    /// The samples of `watch` that exist at `asOf`.
    package init(_ watch: World.Watch, asOf: Int64) {
        samples = watch.samples.filter { $0.at.milliseconds <= asOf }
        staleAfter = watch.staleAfter
        confirm = watch.confirm
    }

    /// Whether sample `index` covers up to the one after it.
    private func isAdjacentToNext(_ index: Int) -> Bool {
        index + 1 < samples.count
            && samples[index].at.milliseconds + staleAfter >= samples[index + 1].at.milliseconds
    }

    /// The maximal series of adjacent failures that the failure `index` is in.
    private func run(around index: Int) -> ClosedRange<Int> {
        var (first, last) = (index, index)
        while first > 0, samples[first - 1].state == .down, isAdjacentToNext(first - 1) { first -= 1 }
        while isAdjacentToNext(last), samples[last + 1].state == .down { last += 1 }
        return first...last
    }

    /// Whether the failure `index` is in an outage.
    private func isConfirmed(_ index: Int) -> Bool {
        run(around: index).count >= confirm
    }

    /// Whether `run` is too short to be an outage, and resolved by an adjacent success.
    private func isTransient(_ run: ClosedRange<Int>) -> Bool {
        run.count < confirm && isAdjacentToNext(run.upperBound) && samples[run.upperBound + 1].state == .up
    }

    /// What the time is that sample `index` covers.
    private func view(ofSample index: Int) -> View {
        switch samples[index].state {
        case .unknown:
            return View(state: .unmeasured)
        case .up:
            let precedesOutage =
                isAdjacentToNext(index) && samples[index + 1].state == .down && isConfirmed(index + 1)
            return View(state: .up, isDownAtLongest: precedesOutage)
        case .down:
            let run = run(around: index)
            if run.count >= confirm {
                // [first down.at, last down.at) is all that the run's samples cover, but for its last one.
                return View(state: .down, isDownAtShortest: index < run.upperBound, isDownAtLongest: true)
            }
            return View(state: isTransient(run) ? .up : .unmeasured)
        }
    }

    /// What each of the ticks that begin at `start`, `start + tick`, … before `end` is.
    package func views(from start: Int64, to end: Int64, tick: Int64) -> [View] {
        let bySample = samples.indices.map { view(ofSample: $0) }
        var views: [View] = []
        var next = 0
        var at = start
        while at < end {
            while next < samples.count, samples[next].at.milliseconds <= at { next += 1 }
            let isCovered = next > 0 && at < samples[next - 1].at.milliseconds + staleAfter
            views.append(isCovered ? bySample[next - 1] : .uncovered)
            at += tick
        }
        return views
    }

    /// When each transient begins.
    package var transients: [Int64] {
        samples.indices.filter { index in
            guard samples[index].state == .down else { return false }
            let run = run(around: index)
            return run.lowerBound == index && isTransient(run)
        }.map { samples[$0].at.milliseconds }
    }
}
