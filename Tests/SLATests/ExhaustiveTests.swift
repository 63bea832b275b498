import SLA
import SLAOracle
import Testing

/// Small worlds, all of them: where a rule can be read in two ways, one of these worlds tells the readings apart.
@Suite struct ExhaustiveTests {
    /// The worlds lie around the beginning of a month: two ticks of the month before, then the month.
    private static let month = ZoneTable.hoChiMinh.months[0]
    private static let start = month.start * 1000

    private static func world(asOf: Int64, _ checks: [World.Watch]) -> World {
        World(
            zone: .hoChiMinh, month: month, asOf: start + asOf, paid: [start - 10..<start + 8], checks: checks)
    }

    /// Every series on the instants `first`, `first + step`, …: at each of them no sample, or one of three states.
    private static func everySeries(from first: Int64, cells: Int, step: Int64 = 1) -> [[Sample]] {
        var all: [[Sample]] = [[]]
        for cell in 0..<Int64(cells) {
            let at = Instant(milliseconds: start + first + cell * step)
            all += all.flatMap { series in
                [SampleState.up, .down, .unknown].map { series + [Sample(at: at, state: $0)] }
            }
        }
        return all
    }

    /// Terms: the whole month, a hole in it, and touching ones that end before the data does.
    private static let terms: [[Range<Int64>]] = [
        [-10..<8], [-10..<1, 2..<8], [0..<1, 1..<3],
    ]

    // Long calculations yield, so that tests which wait for servers are not starved beside them.

    /// One check: up to six samples around the beginning of the month, by every rule.
    @Test(arguments: [1, 2, 3], [1, 2, 3] as [Int64])
    func everySeriesOfOneCheck(confirm: Int, staleAfter: Int64) async {
        for samples in Self.everySeries(from: -2, cells: 6) {
            await Task.yield()
            // The last cell lies at `as_of` itself: its sample decides about those before it, and covers nothing.
            let world = Self.world(
                asOf: 3, [World.Watch(confirm: confirm, staleAfter: staleAfter, samples: samples)])
            guard world.isSettled("confirm \(confirm), stale after \(staleAfter)") else { return }
        }
    }

    /// One check with terms, exclusions and both treatments of excluded time.
    @Test(arguments: [1, 2], terms)
    func everySeriesUnderExclusions(confirm: Int, terms: [Range<Int64>]) async {
        let early = Instant(milliseconds: Self.start - 100 * 3_600_000)
        let scheduled = Exclusion(
            id: "a", category: .scheduledMaintenance, scope: [.all],
            interval: span(Self.start + 2, Self.start + 4), noticeAt: early)
        let suspension = Exclusion(
            id: "b", category: .suspension, scope: [.customer("acme")],
            interval: span(Self.start - 3, Self.start + 3), evidence: "letter")
        let late = Exclusion(
            id: "c", category: .emergencyMaintenance, scope: [.service("web")],
            interval: span(Self.start, Self.start + 5), noticeAt: Instant(milliseconds: Self.start))
        for samples in Self.everySeries(from: -1, cells: 5) {
            await Task.yield()
            var world = Self.world(asOf: 5, [World.Watch(confirm: confirm, staleAfter: 2, samples: samples)])
            world.objective = "50"
            world.paid = terms.map { Self.start + $0.lowerBound..<Self.start + $0.upperBound }
            for exclusions in [[scheduled], [late, suspension], [suspension, scheduled]] {
                world.exclusions = exclusions
                for policy in ExcludedTime.allCases {
                    world.policy = policy
                    guard world.isSettled("confirm \(confirm), terms \(terms)") else { return }
                }
            }
        }
    }

    /// Two checks that see different things, in both modes.
    @Test(arguments: CheckMode.allCases, [(confirm: (1, 2), cells: 3), (confirm: (2, 2), cells: 4)])
    func everyPairOfChecks(mode: CheckMode, size: (confirm: (Int, Int), cells: Int)) async {
        let confirm = size.confirm
        let seconds = Self.everySeries(from: -1, cells: 3, step: 2)
        for first in Self.everySeries(from: 0, cells: size.cells) {
            await Task.yield()
            for second in seconds {
                var world = Self.world(
                    asOf: 5,
                    [
                        World.Watch(confirm: confirm.0, staleAfter: 1, samples: first),
                        World.Watch(confirm: confirm.1, staleAfter: 2, samples: second),
                    ])
                world.mode = mode
                guard world.isSettled("mode \(mode), confirm \(confirm)") else { return }
            }
        }
    }

    /// Two passes of the clock that overlap, with a void or a downtime of every interval.
    @Test(arguments: [1, 2], Correction.Kind.allCases)
    func everyPairOfPasses(confirm: Int, kind: Correction.Kind) async {
        let intervals = (-1...3).flatMap { from in ((from + 1)...4).map { span(Self.start + from, Self.start + $0) } }
        let seconds = Self.everySeries(from: 0, cells: 2).map { series in
            series.map { Sample(at: $0.at, state: $0.state, pass: 1) }
        }
        for first in Self.everySeries(from: -1, cells: 2) {
            await Task.yield()
            for (number, second) in seconds.enumerated() {
                var world = Self.world(
                    asOf: 5, [World.Watch(confirm: confirm, staleAfter: 2, samples: first + second)])
                // Of every other pass nobody knows where it ended.
                if number.isMultiple(of: 2) { world.checks[0].ends[0] = Self.start + 2 }
                for interval in intervals {
                    var correction = Correction(
                        kind: kind, id: "c", scope: [.services(.all)], interval: interval, reason: "the cable")
                    correction.evidence = "TICKET-9"
                    world.corrections = [correction]
                    guard world.isSettled("confirm \(confirm), two passes") else { return }
                }
            }
        }
    }

    /// A percentage exactly on the objective is met, one millisecond less is not, at every small fraction.
    @Test func everyShareAgainstEveryWholePercent() throws {
        for whole in 1...Int64(40) {
            let ratios = try (0...whole).map { try #require(Ratio($0, of: whole)) }
            for percent in 0...Int64(100) {
                let met = ratios.filter { $0.isAtLeast(ExactDecimal(percent)) }.map(\.numerator)
                #expect(met == (0...whole).filter { $0 * 100 >= percent * whole })
            }
        }
    }
}
