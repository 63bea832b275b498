import SLA
import SLAOracle

/// Worlds that are looked at together: each of some checks, with each of some records beside it.
struct Part: Sendable {
    let name: String
    /// The samples, in their passes, read by one of the rules.
    let watches: [World.Watch]
    let exclusions: [[Exclusion]]
    let corrections: [[Correction]]
    /// The leads that notices must have.
    var notice = NoticeLead()

    /// The worlds lie around the beginning of a month: two ticks of the month before, then the month.
    static let month = ZoneTable.hoChiMinh.months[0]
    static let start = month.start * 1000
    static let asOf = start + 5

    /// How many worlds there are.
    var count: Int { watches.count * exclusions.count * corrections.count * ExcludedTime.allCases.count }

    /// A world with the check `watch` in which oracle and implementation disagree, if there is one.
    func dispute(over watch: World.Watch) -> World? {
        var world = World(
            zone: .hoChiMinh, month: Self.month, asOf: Self.asOf, objective: "50",
            paid: [Self.start - 10..<Self.start + 8], checks: [watch])
        world.notice = notice
        for corrections in corrections {
            world.corrections = corrections
            for exclusions in exclusions {
                world.exclusions = exclusions
                for policy in ExcludedTime.allCases {
                    world.policy = policy
                    if world.isDisputed { return world }
                }
            }
        }
        return nil
    }
}

extension Part {
    /// How a check's samples are read: a failure that confirms at once, the default, more than there may be, and
    /// samples that speak for longer.
    private static let rules: [(confirm: Int, staleAfter: Int64)] = [(1, 1), (2, 2), (3, 2), (2, 3)]

    /// Up to six samples, under every pair of exclusions.
    static let exclusions = Part(
        name: "pairs of exclusions", watches: read(Grid.series(from: -2, cells: 6)), exclusions: Grid.exclusionPairs,
        corrections: [[]])

    /// Up to five samples, with one void or downtime: of each interval, and known, unknown, revoked and not proven.
    static let corrections = Part(
        name: "a void or a downtime", watches: read(Grid.series(from: -2, cells: 5)),
        exclusions: [[Grid.suspension]], corrections: Grid.corrections.map { [$0] })

    /// Up to six samples, with maintenance of each interval, announced from before the first sample to its beginning, and
    /// what else may hold the same time.
    static let notices = Part(
        name: "notices before, in and after outages", watches: read(Grid.series(from: -2, cells: 6)),
        exclusions: Grid.announced, corrections: [[]],
        notice: NoticeLead(scheduled: 1, emergency: 0, recurringAtMost: 3))

    /// Samples over two families in every order, and a void of one of the two.
    static let families = Part(
        name: "a void of a family",
        watches: read(
            Grid.series(from: -1, cells: 4).flatMap { series in
                (0..<1 << series.count).map { families in
                    series.enumerated().map { index, sample in
                        Sample(
                            at: sample.at, state: sample.state, family: families >> index & 1 == 1 ? .ipv6 : .ipv4)
                    }
                }
            }),
        exclusions: [[]], corrections: Grid.intervals.map { [Grid.correction(.void, [.family(.ipv6)], $0)] })

    /// A pass of up to four samples and one of up to three that overlaps it, and each place where the first may end.
    static let passes = Part(
        name: "two passes", watches: read(overlapping(first: 4, second: 3, ends: [nil, 0, 1, 3])),
        exclusions: [[], [Grid.suspension]], corrections: [[]])

    /// Passes of up to three and two samples, with one void or downtime of each interval.
    static let correctedPasses = Part(
        name: "two passes, and a void or a downtime", watches: read(overlapping(first: 3, second: 2, ends: [nil, 2])),
        exclusions: [[]],
        corrections: Grid.intervals.flatMap { interval in
            [Correction.Kind.void, .downtime].map { [Grid.correction($0, [.services(.all)], interval)] }
        })

    /// A check by each rule for each of `series`.
    private static func read(_ series: [[Sample]]) -> [World.Watch] {
        read(series.map { ($0, [:]) })
    }

    private static func read(_ series: [(samples: [Sample], ends: [Pass: Int64])]) -> [World.Watch] {
        series.flatMap { samples, ends in
            rules.map { rule in
                var watch = World.Watch(confirm: rule.confirm, staleAfter: rule.staleAfter, samples: samples)
                watch.ends = ends
                return watch
            }
        }
    }

    /// Every series of `first` cells from a tick before the month, with every series of `second` cells in the pass after
    /// it, which begins a tick later; the first ends at each of `ends`, in ticks from the month's beginning, or nobody
    /// knows where.
    private static func overlapping(
        first: Int64, second: Int64, ends: [Int64?]
    ) -> [(samples: [Sample], ends: [Pass: Int64])] {
        let again = Grid.series(from: 0, cells: second, pass: 1)
        return Grid.series(from: -1, cells: first).flatMap { before in
            again.flatMap { after in
                ends.map { end in
                    // The clock steps back behind the last sample of the pass.
                    let last = before.last?.at.milliseconds ?? .min
                    let known = end.map { max(last, start + $0) }
                    return (before + after, known.map { [0: $0] } ?? [:])
                }
            }
        }
    }
}
