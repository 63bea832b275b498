import SLAOracle
import Testing

@testable import SLA

/// Several vantage points of one check (semantics §3.7), and samples that nobody looked at (§3.6).
@Suite struct VantageTests {
    private static let seed: UInt64 = 20_261_126
    private static let month = ZoneTable.hoChiMinh.months[0]
    private static let start = month.start * 1000

    /// Random worlds against the oracle: gaps, passes, voids, vantage points that come and go, quorums that change.
    @Test(arguments: [(RandomWorld.Shape.milliseconds, 1000), (.seconds, 60), (.halfHours, 10)])
    func figuresAgreeWithOracle(shape: RandomWorld.Shape, worlds: Int) async {
        var random = RandomWorld(generator: SplitMix64(seed: Self.seed), shape: shape)
        for number in 1...worlds {
            await Task.yield()
            guard random.nextOfVantages().isSettled("world \(number) of shape \(shape), seed \(Self.seed)") else {
                return
            }
        }
    }

    /// A rule read in another way is noticed.
    @Test(arguments: [
        Alteration("one fewer to be down") { $0.checks[0].quorum = 1 },
        Alteration("what was derived was looked at") { world in
            for post in world.checks[0].posts.indices {
                world.checks[0].posts[post].samples = world.checks[0].posts[post].samples.map {
                    Sample(at: $0.at, state: $0.state, pass: $0.pass, family: $0.family)
                }
            }
        },
        Alteration("a vantage point is silent") { world in
            if !world.checks[0].posts.isEmpty { world.checks[0].posts[0].samples = [] }
        },
        Alteration("a void of a vantage point is none") { world in
            world.corrections.removeAll { $0.scope.contains(.vantage("a")) }
        },
        Alteration("a new quorum begins at once") { world in
            for index in world.rules.indices.dropFirst() { world.rules[index].checks[0]?.quorum = nil }
        },
    ])
    func comparisonNotices(alteration: Alteration) {
        var random = RandomWorld(generator: SplitMix64(seed: Self.seed), shape: .milliseconds)
        #expect((1...300).contains { _ in alteration.isNoticed(in: random.nextOfVantages()) })
    }

    // MARK: - Small worlds

    /// Every series on the first `cells` instants of the month.
    private static func everySeries(cells: Int) -> [[Sample]] {
        var all: [[Sample]] = [[]]
        for cell in 0..<Int64(cells) {
            all += all.flatMap { series in
                [SampleState.up, .down, .unknown].map { series + [Sample(at: t(start + cell), state: $0)] }
            }
        }
        return all
    }

    private static func world(_ series: [[Sample]], confirm: Int, quorum: Int?) -> World {
        var watch = World.Watch(confirm: confirm, staleAfter: 2, samples: [])
        watch.posts = zip(["a", "b", "c"], series).map { World.Post(name: $0, samples: $1) }
        watch.quorum = quorum
        return World(
            zone: .hoChiMinh, month: month, asOf: start + 5, paid: [start - 5..<start + 8], checks: [watch])
    }

    /// Two vantage points, three instants, each quorum.
    @Test(arguments: [1, 2])
    func everyPair(quorum: Int) async {
        let (all, confirm) = (Self.everySeries(cells: 3), 2)
        for first in all.indices {
            await Task.yield()
            for second in all[first...] {
                let world = Self.world([all[first], second], confirm: confirm, quorum: quorum)
                guard world.isSettled("\(quorum) of 2, confirm \(confirm)") else { return }
            }
        }
    }

    /// Three vantage points, two instants, each quorum.
    @Test(arguments: [1, 2, 3])
    func everyThree(quorum: Int) async {
        let (all, confirm) = (Self.everySeries(cells: 2), 1)
        for first in all.indices {
            await Task.yield()
            for second in all.indices[first...] {
                for third in all[second...] {
                    let world = Self.world([all[first], all[second], third], confirm: confirm, quorum: quorum)
                    guard world.isSettled("\(quorum) of 3, confirm \(confirm)") else { return }
                }
            }
        }
    }

    /// A quorum that changes, and a vantage point that comes or goes, at instants of every pair.
    @Test(
        arguments: [1, 2] as [Int64],
        [(["a", "b"], 1, ["a", "b"], 2), (["a", "b"], 2, ["a"], 1), (["a"], 1, ["a", "b"], 2)])
    func everyChange(at: Int64, change: ([String], Int, [String], Int)) async {
        let all = Self.everySeries(cells: 2)
        for first in all {
            await Task.yield()
            for second in all {
                var world = Self.world([first, second], confirm: 1, quorum: nil)
                func rules(_ from: Int64, _ vantages: [String], _ quorum: Int) -> World.Rules {
                    World.Rules(
                        from: from, mode: .all,
                        checks: [World.Reading(confirm: 1, staleAfter: 2, vantages: vantages, quorum: quorum)])
                }
                world.rules = [
                    rules(.min, change.0, change.1), rules(Self.start + at, change.2, change.3),
                ]
                guard world.isSettled("\(change) at \(at)") else { return }
            }
        }
    }

    /// Of each sample whether somebody looked, in every series of four.
    @Test(arguments: [1, 2])
    func everyDerivedSeries(confirm: Int) async {
        for series in Self.everySeries(cells: 4) {
            await Task.yield()
            for derived in 0..<(1 << series.count) {
                let samples = series.enumerated().map { index, sample in
                    Sample(at: sample.at, state: sample.state, isDerived: derived >> index & 1 == 1)
                }
                let world = World(
                    zone: .hoChiMinh, month: Self.month, asOf: Self.start + 6, paid: [Self.start - 5..<Self.start + 8],
                    checks: [World.Watch(confirm: confirm, staleAfter: 2, samples: samples)])
                guard world.isSettled("confirm \(confirm), derived \(derived)") else { return }
            }
        }
    }

    /// One vantage point with a name says what the one without says.
    @Test func oneVantagePointIsNone() throws {
        var random = RandomWorld(generator: SplitMix64(seed: Self.seed), shape: .milliseconds)
        for _ in 1...500 {
            let world = random.next().uncorrected
            var named = world
            for index in named.checks.indices {
                named.checks[index].posts = [World.Post(name: "a", samples: world.checks[index].samples)]
                named.checks[index].samples = []
            }
            let (plain, other) = (world.timeline(), named.timeline())
            #expect(plain == other)
        }
    }

    // MARK: - Another monitor's table

    /// The quorum tests of the Monitoring Plugins (`plugins/t/check_cluster.t`), the example of its help, and that of its
    /// documentation: states of the members, 0 being good; the most that may be bad before it is critical; its answer.
    ///
    /// A member is a vantage point here, and critical is down. Its *warning* is no state of ours: with fewer bad ones than
    /// the quorum the check is up (§3.7). Its hosts and services are told apart in words only.
    @Test(arguments: [
        ("0000", 0, "ok"), ("0001", 1, "warning"), ("0011", 1, "critical"), ("0010", 1, "warning"),
        ("2020", 2, "warning"), ("001", 1, "warning"),
    ])
    func theQuorumsOfCheckCluster(states: String, most: Int, answer: String) {
        #expect(Self.state(states, quorum: most + 1) == (answer == "critical" ? .down : .up))
    }

    /// It takes a member that could not tell (3) for a bad one. Here it is unmeasured, and makes no outage (§3, §3.7):
    /// the check is down only where enough are, and up only where enough are.
    @Test func whoCannotTellIsNotDown() {
        #expect(Self.state("0033", quorum: 2) == .unmeasured)
        #expect(Self.state("0003", quorum: 2) == .up)
        #expect(Self.state("0223", quorum: 2) == .down)
        #expect(Self.state("3333", quorum: 1) == .unmeasured)
    }

    /// What a check is whose vantage points have each of `states`.
    private static func state(_ states: String, quorum: Int) -> ServiceState {
        let samples = states.map { digit -> [Sample] in
            [Sample(at: t(start), state: digit == "0" ? .up : digit == "3" ? .unknown : .down)]
        }
        var watch = World.Watch(confirm: 1, staleAfter: 10, samples: [])
        watch.posts = samples.enumerated().map { World.Post(name: "v\($0)", samples: $1) }
        watch.quorum = quorum
        return World(asOf: start + 5, paid: [], checks: [watch]).timeline().state(at: t(start + 1)).state
    }

    /// Sets of instants that several hold.
    @Test func atLeastSoManyHoldAnInstant() {
        let sets = [[span(0, 5), span(8, 9)], [span(3, 7)], [span(5, 8), span(8, 10)]].map(IntervalSet.init)
        #expect(IntervalSet.held(byAtLeast: 1, of: sets) == IntervalSet(span(0, 10)))
        #expect(IntervalSet.held(byAtLeast: 2, of: sets) == IntervalSet([span(3, 7), span(8, 9)]))
        #expect(IntervalSet.held(byAtLeast: 3, of: sets) == .empty)
        #expect(IntervalSet.held(byAtLeast: 4, of: sets) == .empty)
    }
}
