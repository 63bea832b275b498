import Foundation
import SLA
import SLAOracle

/// Holds the figures against the oracle in every small world: series of samples, in one pass of the clock or in two that
/// overlap, by several rules of reading, under exclusions, voids and downtimes on a small grid, by both treatments of
/// excluded time.
///
/// There are millions of them, so it is built with optimisation and run by `Tests/run.sh`; a plain `swift test` runs
/// a part. The status is 1 where the two disagree, after the smallest such world is printed.
@main
enum SmallWorlds {
    static func main() async {
        for part in [Part.exclusions, .notices, .corrections, .families, .passes, .correctedPasses] {
            guard let disputed = await dispute(in: part) else {
                print("small worlds: \(part.name): \(part.count), no figure differs")
                continue
            }
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
    }

    /// A world of `part` in which oracle and implementation disagree, if there is one.
    private static func dispute(in part: Part) async -> World? {
        let workers = max(1, ProcessInfo.processInfo.activeProcessorCount)
        return await withTaskGroup(of: World?.self) { group -> World? in
            for worker in 0..<workers {
                group.addTask {
                    for index in stride(from: worker, to: part.watches.count, by: workers) {
                        if Task.isCancelled { return nil }
                        if let world = part.dispute(over: part.watches[index]) { return world }
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
    }
}
