import SLAOracle
import Testing

@testable import SLA

/// An explanation is the row of the report, taken apart: it adds up to it exactly.
@Suite struct ExplanationTests {
    @Test(arguments: [(RandomWorld.Shape.milliseconds, 1500), (.seconds, 150), (.halfHours, 60)])
    func randomWorldsAddUp(shape: RandomWorld.Shape, worlds: Int) async throws {
        var random = RandomWorld(generator: SplitMix64(seed: 31), shape: shape)
        for _ in 1...worlds {
            await Task.yield()
            let world = random.next()
            guard try Self.addsUp(world) else {
                Issue.record("\(world)")
                return
            }
        }
    }

    @Test(arguments: ScenarioTests.names)
    func scenariosAddUp(name: String) throws {
        #expect(try Self.addsUp(ScenarioTests.scenario(name).world))
    }

    private static func addsUp(_ world: World) throws -> Bool {
        let timeline = world.timeline()
        let figures = try #require(world.figures(of: timeline))
        let spans = figures.explained(by: timeline)
        let partition = figures.partition
        func length(_ isOf: (ExplainedSpan.Reason) -> Bool) -> Milliseconds {
            spans.filter { isOf($0.reason) }.reduce(0) { $0 + $1.interval.length }
        }
        let isOrdered = zip(spans, spans.dropFirst()).allSatisfy { $0.interval.end <= $1.interval.start }
        let isCovering = IntervalSet(spans.map(\.interval)) == partition.committed
        let isEqual =
            length { $0 == .up } == partition.up.length && length { $0 == .down } == partition.down.length
            && length {
                if case .unmeasured = $0 { true } else { false }
            } == partition.unmeasured.length
            && ExclusionCategory.allCases.allSatisfy { category in
                length {
                    if case .excluded(category, _) = $0 { true } else { false }
                } == partition.excluded[category]?.length ?? 0
            }
        // Every exclusion that is cited holds the span, is admitted, and is cited wherever it holds.
        let isCited = spans.allSatisfy { span in
            guard case .excluded(let category, let ids) = span.reason else { return true }
            let holding = figures.admitted.filter {
                $0.category == category
                    && $0.time(of: figures.service).intersection(span.interval).length == span.interval.length
            }.filter { exclusion in
                !partition.unexcused.contains {
                    $0.exclusion == exclusion.id && $0.downtime.contains(span.interval.start)
                }
            }
            return !ids.isEmpty && ids == holding.map(\.id)
        }
        // What maintenance does not excuse is said wherever it counts.
        let isUnexcused = spans.allSatisfy { span in
            span.reason != .down
                || span.unexcused == partition.unexcused.filter { $0.downtime.contains(span.interval.start) }
        }
        return isOrdered && isCovering && isEqual && isCited && isUnexcused
            && accountsAddUp(figures, spans)
    }

    /// An outage is what counts of it and what is excluded; what the refused would have taken is inside the row.
    private static func accountsAddUp(
        _ figures: MonthFigures, _ spans: [ExplainedSpan]
    ) -> Bool {
        let accounts = figures.accounts(of: spans)
        let addsUp = accounts.allSatisfy { account in
            account.outage.length == account.excluded.reduce(account.counted) { $0 + $1.interval.length }
        }
        let counted = accounts.reduce(0) { $0 + $1.counted }
        return addsUp && accounts.map(\.outage) == figures.outages && counted == figures.partition.down.length
            && figures.refused.allSatisfy { refused in
                let forgone = figures.forgone(by: refused)
                let held = figures.partition.committed.intersection(refused.exclusion.interval).length
                return forgone.down + forgone.up + forgone.unmeasured <= held
                    && (figures.agreement.excludedTime == .removed || forgone.up + forgone.unmeasured == 0)
            }
    }

    /// What is said to be forgone is what admission would have given.
    @Test func whatARefusedExclusionWouldHaveTakenIsWhatItTakesWhenAdmitted() throws {
        var random = RandomWorld(generator: SplitMix64(seed: 32), shape: .milliseconds)
        var compared = 0
        for _ in 1...1500 {
            var world = random.next()
            let timeline = world.timeline()
            let before = try #require(world.figures(of: timeline))
            guard let refused = before.refused.first,
                let index = world.exclusions.firstIndex(where: { $0.id == refused.exclusion.id })
            else { continue }
            world.exclusions[index].evidence = "found later"
            world.exclusions[index].noticeAt = .distantPast
            world.exclusions[index].plan = nil
            let after = try #require(world.figures(of: timeline)).partition
            let forgone = before.forgone(by: refused)
            #expect(before.partition.down.length - after.down.length == forgone.down)
            if before.agreement.excludedTime == .removed {
                #expect(before.partition.up.length - after.up.length == forgone.up)
                #expect(before.partition.unmeasured.length - after.unmeasured.length == forgone.unmeasured)
            }
            compared += 1
        }
        #expect(compared > 200)
    }
}
