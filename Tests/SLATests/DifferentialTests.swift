import SLA
import SLAOracle
import Testing

/// Random worlds, the same in every run: the figures against the oracle, figure by figure.
@Suite struct DifferentialTests {
    private static let seed: UInt64 = 20_261_001

    @Test(arguments: [
        (RandomWorld.Shape.milliseconds, 6000), (.seconds, 500), (.halfHours, 400), (.minutes, 12),
    ])
    func figuresAgreeWithOracle(shape: RandomWorld.Shape, worlds: Int) async {
        var random = RandomWorld(generator: SplitMix64(seed: Self.seed), shape: shape)
        for number in 1...worlds {
            // Tests that wait for servers run beside this one.
            await Task.yield()
            // One reproduction is enough; the next world often has the same cause.
            guard random.next().isSettled("world \(number) of shape \(shape), seed \(Self.seed)") else { return }
        }
    }

    /// The worlds are varied enough to be worth comparing.
    @Test func worldsReachEveryVerdict() {
        var random = RandomWorld(generator: SplitMix64(seed: Self.seed), shape: .milliseconds)
        var verdicts: Set<String> = []
        var certainties: Set<String?> = []
        var categories: Set<Int> = []
        for _ in 1...600 {
            let row = Oracle(random.next()).row()
            verdicts.insert(row.verdict)
            certainties.insert(row.certainty)
            categories.formUnion(row.excluded.indices.filter { row.excluded[$0] > 0 })
        }
        #expect(verdicts == ["met", "breached", "not_committed", "exempt", "unmeasured"])
        #expect(certainties == ["certain", "uncertain", nil])
        #expect(categories == [0, 1, 2, 3, 4, 5])
    }

    /// A rule read in another way by one of the two is noticed: each alteration stands for such a reading.
    @Test(arguments: [
        Alteration("one more failure to confirm") { $0.checks[0].confirm += 1 },
        Alteration("a sample is stale a tick later") { $0.checks[0].staleAfter += 1 },
        Alteration("the other treatment of excluded time") {
            $0.policy = $0.policy == .removed ? .forgiven : .removed
        },
        Alteration("the other mode") { $0.mode = $0.mode == .all ? .any : .all },
        Alteration("as_of a tick earlier") { $0.asOf -= 1 },
        Alteration("notice due a tick earlier") { $0.notice.scheduled += 1 },
        Alteration("unknown is up") { world in
            world.checks[0].samples = world.checks[0].samples.map {
                Sample(
                    at: $0.at, state: $0.state == .unknown ? .up : $0.state, pass: $0.pass, family: $0.family)
            }
        },
        Alteration("a void is none") { $0.corrections.removeAll { $0.kind == .void } },
        Alteration("a downtime is none") { $0.corrections.removeAll { $0.kind == .downtime } },
        Alteration("a void takes every family") { world in
            for index in world.corrections.indices where world.corrections[index].kind == .void {
                world.corrections[index].scope = [.services(.all)]
            }
        },
        Alteration("no evidence is asked for") { world in
            for index in world.corrections.indices { world.corrections[index].evidence = "x" }
        },
        Alteration("a pass ends with its last sample's coverage") { $0.checks[0].ends = [:] },
        Alteration("another objective") { $0.objective = "98" },
    ])
    func comparisonNotices(alteration: Alteration) {
        var random = RandomWorld(generator: SplitMix64(seed: Self.seed), shape: .milliseconds)
        #expect((1...400).contains { _ in alteration.isNoticed(in: random.next()) })
    }
}
