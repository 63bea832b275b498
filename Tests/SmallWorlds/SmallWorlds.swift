import Foundation
import SLA
import SLAOracle

/// Holds the figures against the oracle in every small world: every series of up to six samples, by several rules
/// of reading, under every pair of exclusions on a small grid, by both treatments of excluded time.
///
/// There are millions of them, so it is built with optimisation and run by `Tests/run.sh`; a plain `swift test` runs
/// a part. The status is 1 where the two disagree, after the smallest such world is printed.
@main
enum SmallWorlds {
    /// The worlds lie around the beginning of a month: two ticks of the month before, then the month.
    private static let month = ZoneTable.hoChiMinh.months[0]
    private static let start = month.start * 1000

    /// How a check's samples are read: a failure that confirms at once, the default, more than there may be, and
    /// samples that speak for longer.
    private static let rules: [(confirm: Int, staleAfter: Int64)] = [(1, 1), (2, 2), (3, 2), (2, 3)]

    static func main() async {
        let everySeries = series(cells: 6)
        let pairs = exclusionPairs()
        let worlds = everySeries.count * rules.count * pairs.count * ExcludedTime.allCases.count
        print("small worlds: \(everySeries.count) series x \(rules.count) rules x \(pairs.count) pairs of exclusions")

        let workers = max(1, ProcessInfo.processInfo.activeProcessorCount)
        let disputed = await withTaskGroup(of: World?.self) { group -> World? in
            for worker in 0..<workers {
                group.addTask {
                    for index in stride(from: worker, to: everySeries.count, by: workers) {
                        if Task.isCancelled { return nil }
                        if let world = dispute(over: everySeries[index], pairs) { return world }
                    }
                    return nil
                }
            }
            for await world in group {
                guard let world else { continue }
                group.cancelAll()
                return world
            }
            return nil
        }
        guard let disputed else { return print("small worlds: \(worlds), no figure differs") }
        let world = disputed.shrunk()
        let expected = Oracle(world).row()
        print(
            """
            FAILED: a small world in which the figures are not what semantics.md says
            \(world)
            by semantics.md: \(expected)
            stated:          \(world.stated(like: expected).map { "\($0)" } ?? "nothing")
            """)
        exit(1)
    }

    /// A world with the samples `series` in which oracle and implementation disagree, if there is one.
    private static func dispute(over series: [Sample], _ pairs: [[Exclusion]]) -> World? {
        for rule in rules {
            var world = World(
                zone: .hoChiMinh, month: month, asOf: start + 5, objective: "50", paid: [start - 10..<start + 8],
                checks: [World.Watch(confirm: rule.confirm, staleAfter: rule.staleAfter, samples: series)])
            for exclusions in pairs {
                world.exclusions = exclusions
                for policy in ExcludedTime.allCases {
                    world.policy = policy
                    if world.isDisputed { return world }
                }
            }
        }
        return nil
    }

    /// Every series on consecutive ticks from two before the month: at each no sample, or one of three states.
    private static func series(cells: Int64) -> [[Sample]] {
        var all: [[Sample]] = [[]]
        for cell in 0..<cells {
            all += all.flatMap { series in
                [SampleState.up, .down, .unknown].map { series + [Sample(at: t(start - 2 + cell), state: $0)] }
            }
        }
        return all
    }

    /// Every unordered pair of exclusions, one with itself included: each interval of the grid as an admitted
    /// maintenance, as a suspension, and as a claim that nothing proves.
    private static func exclusionPairs() -> [[Exclusion]] {
        let edges: [Int64] = [-1, 1, 2, 4]
        var all: [Exclusion] = []
        for (first, from) in edges.enumerated() {
            for to in edges[(first + 1)...] {
                let interval = span(start + from, start + to)
                all.append(
                    Exclusion(
                        id: "m\(all.count)", category: .scheduledMaintenance, scope: [.all], interval: interval,
                        noticeAt: interval.start - 24 * 3_600_000))
                all.append(
                    Exclusion(
                        id: "s\(all.count)", category: .suspension, scope: [.customer("acme")], interval: interval,
                        evidence: "letter"))
                all.append(
                    Exclusion(
                        id: "t\(all.count)", category: .thirdParty, scope: [.service("web")], interval: interval))
            }
        }
        return all.indices.flatMap { first in all[first...].map { [all[first], $0] } }
    }
}
