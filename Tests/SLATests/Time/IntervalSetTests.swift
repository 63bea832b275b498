import SLAOracle
import Testing

@testable import SLA

/// The algebra against sets of six bits, every pair of them.
@Suite struct IntervalSetTests {
    private static let width: Int64 = 6
    private static let worlds = 0..<UInt8(1 << 6)

    /// The set whose instants are the set bits of `bits`, built a bit at a time.
    private static func intervals(_ bits: UInt8) -> IntervalSet {
        IntervalSet((0..<width).filter { bits >> $0 & 1 == 1 }.map { span($0, $0 + 1) })
    }

    private static func bits(_ set: IntervalSet) -> UInt8 {
        (0..<width).reduce(0) { $0 | (set.contains(t($1)) ? 1 << UInt8($1) : 0) }
    }

    /// Sorted, disjoint, and no two of them touch.
    private static func isCanonical(_ set: IntervalSet) -> Bool {
        set.intervals.allSatisfy { $0.start < $0.end }
            && zip(set.intervals, set.intervals.dropFirst()).allSatisfy { $0.end < $1.start }
    }

    @Test func algebraIsThatOfBits() {
        let sets = Self.worlds.map(Self.intervals)
        for a in Self.worlds {
            for b in Self.worlds {
                let (first, second) = (sets[Int(a)], sets[Int(b)])
                let isRight =
                    first.union(second) == sets[Int(a | b)]
                    && first.intersection(second) == sets[Int(a & b)]
                    && first.subtracting(second) == sets[Int(a & ~b)]
                if !isRight { Issue.record("\(first) and \(second)") }
            }
        }
    }

    @Test func everySetIsCanonical() {
        for bits in Self.worlds {
            let set = Self.intervals(bits)
            #expect(Self.isCanonical(set))
            #expect(Self.bits(set) == bits)
            #expect(set.length == Int64(bits.nonzeroBitCount))
            #expect(set.isEmpty == (bits == 0))
        }
    }

    /// Three intervals that overlap, touch, repeat or lie apart, in any order.
    @Test func orderAndOverlapDoNotMatter() {
        let all = (0..<Self.width).flatMap { from in (from + 1...Self.width).map { span(from, $0) } }
        for a in all {
            for b in all {
                for c in all {
                    let set = IntervalSet([a, b, c])
                    let bits = (0..<Self.width).reduce(UInt8(0)) { bits, at in
                        [a, b, c].contains { $0.start <= t(at) && t(at) < $0.end } ? bits | 1 << UInt8(at) : bits
                    }
                    if set != Self.intervals(bits) || !Self.isCanonical(set) { Issue.record("\(a), \(b), \(c)") }
                }
            }
        }
    }

    @Test func lookingUpIsThatOfBits() {
        for bits in Self.worlds {
            let set = Self.intervals(bits)
            for at in -1...Self.width {
                let isIn = at >= 0 && at < Self.width && bits >> at & 1 == 1
                var (from, to) = (at, at)
                while isIn, from > 0, bits >> (from - 1) & 1 == 1 { from -= 1 }
                while isIn, to < Self.width, bits >> to & 1 == 1 { to += 1 }
                #expect(set.interval(holding: t(at)) == Interval(t(from), t(to)))

                // An interval ends where a set bit is followed by none, at `at` or before.
                let ends = (0..<max(0, min(Self.width, at))).filter {
                    bits >> $0 & 1 == 1 && ($0 + 1 == Self.width || bits >> ($0 + 1) & 1 == 0)
                }
                #expect(set.end(before: t(at)) == ends.last.map { t($0 + 1) })

                // An edge lies where a bit is otherwise than the one before it.
                let edges = (0...Self.width).filter { edge in
                    let (before, after) = (edge > 0 && bits >> (edge - 1) & 1 == 1, bits >> edge & 1 == 1)
                    return edge > at && before != after
                }
                #expect(set.edge(after: t(at)) == edges.first.map(t))
            }
        }
    }

    @Test func forgettingKeepsWhatEndsLater() {
        for bits in Self.worlds {
            for at in -1...Self.width + 1 {
                var set = Self.intervals(bits)
                let kept = set.intervals.filter { $0.end > t(at) }
                set.forget(before: t(at))
                #expect(set.intervals == kept)
            }
        }
    }

    @Test func intervalsAreHalfOpen() throws {
        let interval = try #require(Interval(t(10), t(20)))
        #expect(interval.contains(t(10)))
        #expect(interval.contains(t(19)))
        #expect(!interval.contains(t(20)))
        #expect(Interval(t(10), t(10)) == nil)
        #expect(Interval(t(11), t(10)) == nil)
        #expect(interval.intersection(span(20, 30)) == nil)
        #expect(interval.intersection(span(19, 30)) == span(19, 20))
        #expect(set((0, 10), (10, 20)).intervals == [span(0, 20)])
    }
}
