import SLA
import SLAOracle

/// What there may be in a small world.
enum Grid {
    /// Every series on consecutive ticks, from `first` ticks after the month's beginning: at each no sample, or one of
    /// three states.
    static func series(from first: Int64, cells: Int64, pass: Pass = 0) -> [[Sample]] {
        var all: [[Sample]] = [[]]
        for cell in 0..<cells {
            all += all.flatMap { series in
                [SampleState.up, .down, .unknown].map {
                    series + [Sample(at: t(Part.start + first + cell), state: $0, pass: pass)]
                }
            }
        }
        return all
    }

    /// Every unordered pair of exclusions, one with itself included: each interval of a grid as an admitted
    /// maintenance, as a suspension, and as a claim that nothing proves.
    static var exclusionPairs: [[Exclusion]] {
        var all: [Exclusion] = []
        for interval in intervals(between: [-1, 1, 2, 4]) {
            all.append(
                Exclusion(
                    id: "m\(all.count)", category: .scheduledMaintenance, scope: [.all], interval: interval,
                    noticeAt: interval.start - 24 * 3_600_000))
            all.append(
                Exclusion(
                    id: "s\(all.count)", category: .suspension, scope: [.customer("acme")], interval: interval,
                    evidence: "letter"))
            all.append(
                Exclusion(id: "t\(all.count)", category: .thirdParty, scope: [.service("web")], interval: interval))
        }
        return all.indices.flatMap { first in all[first...].map { [all[first], $0] } }
    }

    /// Maintenance of each interval of a grid, announced at each tick before its end, once by itself and once of a plan,
    /// with evidence and without, by itself and beside a suspension.
    static var announced: [[Exclusion]] {
        var all: [[Exclusion]] = []
        for interval in intervals(between: [-1, 1, 2, 4]) {
            for lead in Int64(0)...4 {
                for variant in 0..<3 {
                    var exclusion = Exclusion(
                        id: "m", category: lead == 0 ? .emergencyMaintenance : .scheduledMaintenance, scope: [.all],
                        interval: interval, noticeAt: interval.start - lead)
                    if variant == 1 { exclusion.plan = "M1" }
                    if variant == 2 { exclusion.recordedAt = interval.start - lead + 1 }
                    all.append([exclusion])
                    if variant == 0 { all.append([exclusion, suspension]) }
                }
            }
        }
        return all
    }

    /// An exclusion that is admitted, in the middle of the worlds.
    static let suspension = Exclusion(
        id: "s", category: .suspension, scope: [.all], interval: span(Part.start + 1, Part.start + 3),
        evidence: "letter")

    /// Every interval from two ticks before the month on.
    static let intervals = intervals(between: Array(-2...5))

    /// A void and a downtime of every interval: known before `as_of`, at it and after it, revoked by then and after, the
    /// daemon's own, and a person's without evidence.
    static var corrections: [Correction] {
        let asOf = t(Part.asOf)
        return intervals(between: Array(-1...4)).flatMap { interval in
            [Correction.Kind.void, .downtime].flatMap { kind in
                (0..<6).map { variant in
                    var correction = correction(kind, [.services(.service("web"))], interval)
                    switch variant {
                    case 0: correction.recordedAt = asOf
                    case 1: correction.recordedAt = asOf + 1
                    case 2: correction.revocation = Correction.Revocation(at: asOf)
                    case 3: correction.revocation = Correction.Revocation(at: asOf + 1)
                    case 4: correction.evidence = ""
                    default: (correction.recordedBy, correction.evidence) = ("availd", "")
                    }
                    return correction
                }
            }
        }
    }

    /// A correction that a person has proven, known from the beginning.
    static func correction(
        _ kind: Correction.Kind, _ scope: [CorrectionTerm], _ interval: Interval
    ) -> Correction {
        var correction = Correction(kind: kind, id: "c", scope: scope, interval: interval, reason: "the cable")
        (correction.recordedBy, correction.evidence) = ("lan", "TICKET-9")
        return correction
    }

    /// Every interval between two of `edges`, in ticks from the month's beginning.
    private static func intervals(between edges: [Int64]) -> [Interval] {
        edges.indices.flatMap { first in
            edges[(first + 1)...].map { span(Part.start + edges[first], Part.start + $0) }
        }
    }
}
