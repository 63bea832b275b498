import SLAOracle
import Testing

@testable import SLA

/// What holds of the figures of every month, whatever the samples.
@Suite struct MonthFiguresTests {
    private static func each(_ worlds: Int, _ body: (World, MonthFigures, ServiceTimeline) throws -> Void) throws {
        for (shape, count) in [(RandomWorld.Shape.milliseconds, worlds), (.halfHours, worlds / 10)] {
            var random = RandomWorld(generator: SplitMix64(seed: 11), shape: shape)
            for _ in 0..<count {
                let world = random.next()
                let timeline = world.timeline()
                try body(world, try #require(world.figures(of: timeline)), timeline)
            }
        }
    }

    @Test func classesArePartsOfCommittedTime() throws {
        try Self.each(800) { world, figures, _ in
            let partition = figures.partition
            let classes = [partition.up, partition.down, partition.unmeasured] + partition.excluded.values
            #expect(classes.reduce(IntervalSet.empty) { $0.union($1) } == partition.committed, "\(world)")
            #expect(classes.reduce(0) { $0 + $1.length } == partition.committed.length, "\(world)")
            #expect(partition.excludedLength == partition.excluded.values.reduce(0) { $0 + $1.length })
        }
    }

    @Test func boundsHoldAvailability() throws {
        try Self.each(800) { world, figures, _ in
            guard let availability = figures.availability else {
                #expect(figures.availabilityMin == nil && figures.availabilityMax == nil)
                #expect(figures.certainty == nil)
                return
            }
            let minimum = try #require(figures.availabilityMin)
            let maximum = try #require(figures.availabilityMax)
            #expect(Self.isOrdered([Ratio(0, of: 1), minimum, availability, maximum, Ratio(1, of: 1)]), "\(world)")
        }
    }

    private static func isOrdered(_ ratios: [Ratio?]) -> Bool {
        let ratios = ratios.compactMap { $0 }
        return zip(ratios, ratios.dropFirst()).allSatisfy {
            Int128($0.numerator) * Int128($1.denominator) <= Int128($1.numerator) * Int128($0.denominator)
        }
    }

    /// `availd explain` accounts for every committed millisecond, once, in the class that the figures count.
    @Test func explanationTilesCommittedTime() throws {
        try Self.each(800) { world, figures, timeline in
            let spans = figures.explained(by: timeline)
            for (span, next) in zip(spans, spans.dropFirst()) where span.interval.end > next.interval.start {
                Issue.record("\(span) overlaps \(next) in \(world)")
            }
            #expect(IntervalSet(spans.map(\.interval)) == figures.partition.committed)

            func length(_ belongs: (ExplainedSpan.Reason) -> Bool) -> Int64 {
                spans.filter { belongs($0.reason) }.reduce(0) { $0 + $1.interval.length }
            }
            let row = Row(figures)
            #expect(length { $0 == .up } == row.up)
            #expect(length { $0 == .down } == row.down)
            #expect(length { if case .unmeasured = $0 { true } else { false } } == row.unmeasured)
            for (index, category) in Oracle.categories.enumerated() {
                let held = length { if case .excluded(category, by: _) = $0 { true } else { false } }
                #expect(held == row.excluded[index])
            }
        }
    }

    /// The reasons for a gap, and the exclusions that hold a span.
    @Test func explanationNamesTheGround() throws {
        let start = ZoneTable.utc.months[0].start
        func samples(_ states: [(Int64, SampleState)]) -> [Sample] {
            states.map { Sample(at: t(start + $0.0), state: $0.1) }
        }
        var world = World(
            asOf: 100, paid: [0..<100],
            checks: [
                World.Watch(
                    confirm: 2, staleAfter: 10,
                    samples: samples([(0, .up), (10, .down), (30, .unknown), (40, .down), (50, .down), (60, .up)]))
            ])
        world.exclusions = [
            Exclusion(id: "a", category: .thirdParty, scope: [.all], interval: span(40, 50), evidence: "x"),
            Exclusion(id: "b", category: .thirdParty, scope: [.all], interval: span(45, 55), evidence: "x"),
        ]
        let timeline = world.timeline()
        let figures = try #require(world.figures(of: timeline))
        #expect(
            figures.explained(by: timeline) == [
                ExplainedSpan(interval: span(0, 10), reason: .up),
                ExplainedSpan(interval: span(10, 20), reason: .unmeasured(.unconfirmed)),
                ExplainedSpan(interval: span(20, 30), reason: .unmeasured(.noSample)),
                ExplainedSpan(interval: span(30, 40), reason: .unmeasured(.unknown)),
                ExplainedSpan(interval: span(40, 45), reason: .excluded(.thirdParty, by: ["a"])),
                ExplainedSpan(interval: span(45, 50), reason: .excluded(.thirdParty, by: ["a", "b"])),
                ExplainedSpan(interval: span(50, 55), reason: .excluded(.thirdParty, by: ["b"])),
                ExplainedSpan(interval: span(55, 60), reason: .down),
                ExplainedSpan(interval: span(60, 70), reason: .up),
                ExplainedSpan(interval: span(70, 100), reason: .unmeasured(.noSample)),
            ])
    }
}
