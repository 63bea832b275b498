import Testing

@testable import SLA

@Test func touchingIntervalsAreOne() {
    let set = IntervalSet([Interval(t(10), t(20)), Interval(t(0), t(10))].compactMap { $0 })
    #expect(set.intervals == [Interval(t(0), t(20))])
}

func t(_ ms: Int64) -> Instant { Instant(milliseconds: ms) }
