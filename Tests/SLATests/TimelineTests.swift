import SLAOracle
import Testing

@testable import SLA

/// Feeding a timeline step by step, and forgetting on the way, changes no figure.
@Suite struct TimelineTests {
    private static let seed: UInt64 = 7

    /// The checks of random worlds, those without samples left out.
    private static func watches(_ worlds: Int) -> [World.Watch] {
        var random = RandomWorld(generator: SplitMix64(seed: seed), shape: .milliseconds)
        return (0..<worlds).flatMap { _ in random.next().uncorrected.checks }.filter { !$0.samples.isEmpty }
    }

    private static func parts(_ spans: CheckSpans) -> [IntervalSet] {
        [spans.up, spans.down, spans.shortestDown, spans.longestDown, spans.unknown, spans.undecided]
    }

    private static func transients(_ spans: CheckSpans, in window: Interval) -> [Interval] {
        spans.transients.filter { window.contains($0.start) }
    }

    /// Compares what both say inside `window`, transients by where they begin.
    private static func agree(_ a: CheckSpans, _ b: CheckSpans, in window: Interval) -> Bool {
        zip(parts(a), parts(b)).allSatisfy { $0.intersection(window) == $1.intersection(window) }
            && transients(a, in: window) == transients(b, in: window)
    }

    /// What the samples after `index` can still change begins here: the sample itself, or, where it is a
    /// failure, the run it is in, or the adjacent sample before that.
    private static func openEnd(_ watch: World.Watch, _ index: Int) -> Instant {
        var open = index
        while open > 0, watch.samples[open].state == .down,
            watch.samples[open].at - watch.samples[open - 1].at <= watch.staleAfter
        {
            open -= 1
        }
        return watch.samples[open].at
    }

    @Test func decidedPastNeverChanges() {
        for watch in Self.watches(300) {
            var timeline = CheckTimeline(staleAfter: watch.staleAfter, confirm: watch.confirm)
            var earlier: [(spans: CheckSpans, open: Instant)] = []
            for (index, sample) in watch.samples.enumerated() {
                timeline.append(sample)
                earlier.append((timeline.spans(), Self.openEnd(watch, index)))
            }
            let final = timeline.spans()
            for (spans, open) in earlier {
                guard let past = Interval(.distantPast, open) else { continue }
                if !Self.agree(spans, final, in: past) { Issue.record("\(watch), open from \(open)") }
            }
        }
    }

    /// Asking for the spans on the way changes nothing.
    @Test func askingHasNoEffect() {
        for watch in Self.watches(100) {
            var asked = CheckTimeline(staleAfter: watch.staleAfter, confirm: watch.confirm)
            var fed = asked
            for sample in watch.samples {
                asked.append(sample)
                _ = asked.spans()
                _ = asked.isUndecided(at: sample.at)
                fed.append(sample)
            }
            #expect(asked == fed)
        }
    }

    @Test func forgettingChangesNoLaterTime() {
        var generator = SplitMix64(seed: Self.seed)
        for watch in Self.watches(400) {
            var full = CheckTimeline(staleAfter: watch.staleAfter, confirm: watch.confirm)
            var forgetful = full
            var forgotten = Instant.distantPast
            for sample in watch.samples {
                full.append(sample)
                forgetful.append(sample)
                guard generator.once(in: 3) else { continue }
                forgotten = max(forgotten, sample.at - generator.number(0...5))
                forgetful.forget(before: forgotten)
            }
            guard let later = Interval(forgotten, .distantFuture) else { continue }
            if !Self.agree(full.spans(), forgetful.spans(), in: later) { Issue.record("\(watch) at \(forgotten)") }
        }
    }

    /// The daemon forgets what is before the month; the report keeps everything. They state the same.
    @Test func forgettingChangesNoLaterFigure() throws {
        var random = RandomWorld(generator: SplitMix64(seed: Self.seed), shape: .milliseconds)
        for _ in 0..<400 {
            let world = random.next().uncorrected
            let spans = world.checks.map { watch in
                var timeline = CheckTimeline(staleAfter: watch.staleAfter, confirm: watch.confirm)
                for sample in watch.samples where sample.at.milliseconds <= world.asOf {
                    timeline.append(sample)
                    timeline.forget(before: t(world.monthStart))
                }
                return timeline.spans()
            }
            let forgetful = try #require(world.figures(of: ServiceTimeline(mode: world.mode, checks: spans)))
            let full = try #require(world.figures(of: world.timeline()))
            if Row(forgetful) != Row(full) { Issue.record("\(world)") }
        }
    }

    /// The state at each tick, and since when, against the oracle's view of the same tick.
    @Test func stateIsThatOfTheTick() {
        var random = RandomWorld(generator: SplitMix64(seed: Self.seed), shape: .milliseconds)
        for _ in 0..<300 {
            var world = random.next().uncorrected
            guard let watch = world.checks.first, let first = watch.samples.first else { continue }
            world.checks = [watch]
            let timeline = world.timeline()
            let from = first.at.milliseconds - 3
            let views = CheckOracle(0, from: nil, in: world).views(from: from, to: world.asOf, tick: 1)
            var since: Int64?
            for (index, view) in views.enumerated() {
                let at = from + Int64(index)
                if index > 0, views[index - 1].state != view.state { since = at }
                let (state, stated) = timeline.state(at: t(at))
                let expected: ServiceState =
                    switch view.state {
                    case .up: .up
                    case .down: .down
                    case .unmeasured: .unmeasured
                    }
                if state != expected || stated?.milliseconds != since { Issue.record("at \(at) of \(world)") }
            }
        }
    }

    /// A failure that is not yet confirmed is undecided as long as it speaks.
    @Test func undecidedUntilConfirmedOrStale() {
        var timeline = CheckTimeline(staleAfter: 10, confirm: 2)
        #expect(!timeline.isUndecided(at: t(0)))
        timeline.append(Sample(at: t(0), state: .down))
        #expect(timeline.isUndecided(at: t(0)))
        #expect(timeline.isUndecided(at: t(9)))
        #expect(!timeline.isUndecided(at: t(10)))
        timeline.append(Sample(at: t(10), state: .down))
        #expect(!timeline.isUndecided(at: t(10)))
        timeline.append(Sample(at: t(20), state: .up))
        #expect(!timeline.isUndecided(at: t(20)))
    }
}
