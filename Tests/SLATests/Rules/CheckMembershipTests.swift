import SLAOracle
import Testing

@testable import SLA

/// When a check is part of its service (semantics §3.2).
@Suite struct CheckMembershipTests {
    /// A check that is there from the beginning, leaves at 100 and comes back at `again`.
    private static func rules(back again: Int64?) -> CheckRules {
        let check = Check(confirm: 2, staleAfter: 20, probe: .unrecorded)
        let steps: [(Instant, Check?)] =
            [(.distantPast, check), (t(100), nil)] + (again.map { [(t($0), check)] } ?? [])
        return CheckRules(steps.map { (from: $0.0, check: $0.1) }, calendar: CivilCalendar(zone: .utc))
    }

    private static func part(_ samples: [(Int64, SampleState)], back again: Int64? = nil) -> [Interval] {
        var timeline = CheckTimeline(rules(back: again))
        for (at, state) in samples { timeline.append(Sample(at: t(at), state: state)) }
        return timeline.membership().time.intervals
    }

    /// The month in which it left is January 1970.
    private static let monthEnd = t(2_678_400_000)

    @Test func upItLeavesNothing() {
        #expect(Self.part([(80, .down), (90, .up), (95, .unknown)]) == [Interval(unchecked: .distantPast, t(100))])
    }

    @Test func downItLeavesAHoleToTheMonthsEnd() {
        let hole = [Interval(unchecked: .distantPast, Self.monthEnd)]
        #expect(Self.part([(90, .down)]) == hole)
        // What could not tell does not hide it, nor does time without samples.
        #expect(Self.part([(50, .down), (90, .unknown)]) == hole)
        #expect(Self.part([(10, .up), (20, .down)]) == hole)
    }

    @Test func theHoleEndsWithTheFirstSampleAfterItCameBack() {
        // The hole, and the check that is there again, are one.
        #expect(
            Self.part([(90, .down), (150, .up)], back: 140) == [Interval(unchecked: .distantPast, .distantFuture)])
        // Until it has one, the hole goes on, to the month's end at the most.
        #expect(Self.part([(90, .down)], back: 140) == [Interval(unchecked: .distantPast, Self.monthEnd)])
    }

    @Test func withoutAHoleItIsBackWithItsFirstSample() {
        #expect(
            Self.part([(90, .up), (150, .down)], back: 140) == [
                Interval(unchecked: .distantPast, t(100)), Interval(unchecked: t(150), .distantFuture),
            ])
    }

    /// A sample of a check that is no part of its service is in no series.
    @Test func aSampleInBetweenSaysNothing() {
        #expect(
            Self.part([(90, .up), (120, .down), (150, .up)], back: 140) == [
                Interval(unchecked: .distantPast, t(100)), Interval(unchecked: t(150), .distantFuture),
            ])
    }

    /// The beginning of time is an instant like any other.
    @Test func nothingIsKnownBeforeTheBeginning() {
        var timeline = CheckTimeline(Self.rules(back: nil))
        timeline.forget(before: .distantPast)
        timeline.append(Sample(at: t(90), state: .down))
        #expect(timeline.membership().time == IntervalSet(Interval(unchecked: .distantPast, Self.monthEnd)))
    }

    /// What is known at an instant is enough to go on from there.
    @Test func forgettingChangesNothingLater() {
        var generator = SplitMix64(seed: 7)
        for _ in 1...500 {
            let again: Int64? = generator.once(in: 3) ? nil : generator.number(100...200)
            var whole = CheckTimeline(Self.rules(back: again))
            var forgetful = CheckTimeline(Self.rules(back: again))
            let forgetAt = t(generator.number(1...260))
            var at: Int64 = 0
            var hasForgotten = false
            while at < 300 {
                let sample = Sample(at: t(at), state: generator.pick([.up, .up, .down, .down, .unknown]))
                if !hasForgotten, sample.at >= forgetAt {
                    forgetful.forget(before: forgetAt)
                    hasForgotten = true
                }
                whole.append(sample)
                forgetful.append(sample)
                at += generator.number(1...40)
            }
            let rest = Interval(unchecked: forgetAt, .distantFuture)
            #expect(
                whole.membership().time.intersection(rest) == forgetful.membership().time.intersection(rest))
        }
    }
}
