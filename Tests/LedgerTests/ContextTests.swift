import LedgerSupport
import SLA
import Testing

@testable import Ledger

/// The samples around a period are enough for the calculation, and no more than that: tried on every small
/// series, then on random ones, against a calculation that goes through every millisecond of everything.
@Suite struct ContextTests {
    private struct Reading: CustomStringConvertible {
        let check: CheckID
        let series: [Sample]
        let period: Interval
        let asOf: Instant
        let context: [Sample]

        var description: String { "\(series.map { ($0.at.milliseconds, $0.state) }) over \(period) as of \(asOf)" }
    }

    @Test func everySmallSeries() throws {
        //  at    0   3   6   9  12  15        every state at each of them
        //  period        [7    11)
        let series = (0..<729).map { number in
            (0..<6).map { index in
                let digit = number / [1, 3, 9, 27, 81, 243][index] % 3
                return Sample(at: t(Int64(index) * 3), state: [.up, .down, .unknown][digit])
            }
        }
        let period = try span(7, 11)
        try check(series.map { ($0, period, .distantFuture) }, stale: [4], confirm: [2])
    }

    @Test func randomSeries() throws {
        var random = SplitMix64(seed: 20_261_001)
        let worlds = try (0..<300).map { _ in
            var at: Int64 = 0
            let downs = Int.random(in: 1...9, using: &random)
            let series = (0..<Int.random(in: 0...14, using: &random)).map { _ in
                at += Int64.random(in: 1...6, using: &random)
                let state: SampleState =
                    Int.random(in: 0..<10, using: &random) < downs
                    ? .down : Bool.random(using: &random) ? .up : .unknown
                return Sample(at: t(at), state: state)
            }
            let start = Int64.random(in: -2...50, using: &random)
            let period = try span(start, start + Int64.random(in: 1...20, using: &random))
            let asOf = Bool.random(using: &random) ? .distantFuture : t(Int64.random(in: 0...60, using: &random))
            return (series, period, asOf)
        }
        try check(worlds, stale: [2, 4, 7], confirm: [1, 2, 3])
    }

    private func check(
        _ worlds: [([Sample], Interval, Instant)], stale: [Int64], confirm: [Int]
    ) throws {
        for reading in try read(worlds) {
            let known = reading.series.filter { $0.at <= reading.asOf }
            #expect(reading.context == leastContext(known, reading.period), "\(reading)")
            for stale in stale {
                for confirm in confirm {
                    let whole = Timeline(known, stale: stale, confirm: confirm)
                    let part = Timeline(reading.context, stale: stale, confirm: confirm)
                    for instant in reading.period.start.milliseconds..<reading.period.end.milliseconds
                    where whole[instant] != part[instant] {
                        Issue.record("\(reading), stale \(stale), confirm \(confirm): differs at \(instant)")
                    }
                }
            }
        }
    }

    private func read(_ worlds: [([Sample], Interval, Instant)]) throws -> [Reading] {
        let directory = try TemporaryDirectory()
        let ledger = try Ledger(directory: directory.path, access: .daemon)
        let checks = worlds.indices.map { CheckID(service: "s\($0)", check: "default") }
        try ledger.commit(
            Batch(
                observations: zip(checks, worlds).flatMap { check, world in
                    world.0.shuffled().map { Observation(check: check, sample: $0) }
                }))
        return try ledger.read { snapshot in
            try zip(checks, worlds).map { check, world in
                var context: [Sample] = []
                try snapshot.samples(of: check, covering: world.1, asOf: world.2) { context.append($0) }
                return Reading(check: check, series: world.0, period: world.1, asOf: world.2, context: context)
            }
        }
    }

    /// The rule itself, on an array.
    private func leastContext(_ series: [Sample], _ period: Interval) -> [Sample] {
        let first = series.lastIndex { $0.at < period.start && $0.state == .up } ?? 0
        let last = series.firstIndex { $0.at >= period.end && $0.state != .down } ?? series.count - 1
        return series.isEmpty ? [] : Array(series[first...last])
    }
}

/// Semantics §3, as slowly and plainly as it reads: what each millisecond is, in each of the three timelines.
private struct Timeline {
    struct Moment: Equatable {
        var measured = "unmeasured"
        var isLongestDown = false
        var isShortestDown = false
    }

    private var moments: [Int64: Moment] = [:]

    subscript(instant: Int64) -> Moment { moments[instant] ?? Moment() }

    init(_ samples: [Sample], stale: Int64, confirm: Int) {
        func at(_ index: Int) -> Int64 { samples[index].at.milliseconds }
        func end(_ index: Int) -> Int64 {
            index + 1 < samples.count ? min(at(index + 1), at(index) + stale) : at(index) + stale
        }
        func isAdjacent(_ index: Int) -> Bool { index + 1 < samples.count && end(index) == at(index + 1) }

        var index = 0
        while index < samples.count {
            guard samples[index].state == .down else {
                let state = samples[index].state == .up ? "up" : "unmeasured"
                for instant in at(index)..<end(index) { moments[instant, default: Moment()].measured = state }
                index += 1
                continue
            }
            let first = index
            while isAdjacent(index), samples[index + 1].state == .down { index += 1 }
            let isOutage = index - first + 1 >= confirm
            let isTransient = !isOutage && isAdjacent(index) && samples[index + 1].state == .up
            for instant in at(first)..<end(index) {
                moments[instant, default: Moment()].measured =
                    isOutage ? "down" : isTransient ? "transient" : "unmeasured"
            }
            if isOutage {
                let begins = first > 0 && isAdjacent(first - 1) && samples[first - 1].state == .up ? first - 1 : first
                for instant in at(begins)..<end(index) { moments[instant, default: Moment()].isLongestDown = true }
                for instant in at(first)..<at(index) { moments[instant, default: Moment()].isShortestDown = true }
            }
            index += 1
        }
    }
}

/// The same numbers in every run (Steele, Lea and Flood, "Fast splittable pseudorandom number generators").
private struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
