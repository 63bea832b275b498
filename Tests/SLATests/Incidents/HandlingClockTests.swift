import SLAOracle
import Testing

@testable import SLA

/// The handling clock against one that looks at the wall every millisecond.
@Suite struct HandlingClockTests {
    /// A zone whose clocks go forward by 6 ms at 30 and back by 6 ms at 60: a year in the small.
    private static let zone = TimeZoneRules(
        name: "Small", initialOffset: 0,
        transitions: [
            TimeZoneRules.Transition(at: t(30), offset: 6), TimeZoneRules.Transition(at: t(60), offset: 0),
        ])

    /// A person with a stopwatch and a clock on the wall: writes down how far the clock gets beyond where it was.
    private struct Watcher {
        var counted: Int64 = 0
        var deadline: Int64?
        /// At each instant from the opening on, what was counted.
        var log: [Int64] = []

        init(openedAt: Int64, stops: [(Int64, Int64)], allowed: Int64, until: Int64) {
            var began: Int64?
            var before: Int64 = 0
            for now in openedAt...until {
                let stands = stops.contains { $0.0 <= now && now < $0.1 }
                let wall = now + HandlingClockTests.zone.offset(at: t(now))
                if stops.contains(where: { $0.0 == now }), let start = began {
                    // The instant at which it stops is still read off the clock.
                    counted = max(counted, before + wall - start)
                }
                if stands {
                    began = nil
                } else {
                    let start = began ?? wall
                    if began == nil { (began, before) = (wall, counted) }
                    counted = max(counted, before + wall - start)
                    if deadline == nil, counted >= allowed { deadline = now }
                }
                log.append(counted)
            }
        }
    }

    private func calendar(_ zone: TimeZoneRules) -> CivilCalendar { CivilCalendar(zone: zone) }

    @Test func itCountsAsThePersonDoesWhoLooksEveryMillisecond() {
        let until: Int64 = 130
        var compared = 0
        for allowed in [7, 20] as [Int64] {
            let rule = HandlingDeadline(within: allowed, restDay: allowed)
            for openedAt in stride(from: Int64(19), through: 67, by: 2) {
                var worlds: [[(Int64, Int64)]] = [[]]
                for start in stride(from: openedAt, through: openedAt + 24, by: 4) {
                    for length in [1, 9, 31] as [Int64] {
                        worlds.append([(start, start + length)])
                        worlds.append([(start, start + length), (start + length + 5, start + length + 8)])
                        // Two stops that touch.
                        worlds.append([(start, start + length), (start + length, start + length + 2)])
                    }
                }
                for stops in worlds {
                    let watcher = Watcher(openedAt: openedAt, stops: stops, allowed: allowed, until: until)
                    let clock = HandlingClock(
                        openedAt: t(openedAt), stops: stops.map { (t($0.0), t($0.1)) }, endedAt: nil, under: rule,
                        calendar: calendar(Self.zone))
                    guard clock.deadline == watcher.deadline.map(t) else {
                        Issue.record("\(openedAt) \(stops) \(allowed): \(clock), watcher \(watcher)")
                        return
                    }
                    for now in stride(from: openedAt, through: until, by: 3) {
                        let counted = watcher.log[Int(now - openedAt)]
                        let isInTime = watcher.deadline.map { now <= $0 } ?? true
                        guard clock.isInTime(at: t(now)) == isInTime,
                            clock.elapsed(at: t(now)) == (isInTime ? min(counted, allowed) : counted)
                        else {
                            Issue.record("\(openedAt) \(stops) \(allowed) at \(now): \(clock), watcher \(watcher)")
                            return
                        }
                        compared += 1
                    }
                }
            }
        }
        #expect(compared > 50_000)
    }

    /// What is known while it waits, and what is left of it once it has ended.
    @Test func theEndIsHeldAgainstTheSameDeadline() {
        let rule = HandlingDeadline(within: 10, restDay: 10)
        func clock(_ stops: [(Int64, Int64?)], _ endedAt: Int64?) -> HandlingClock {
            HandlingClock(
                openedAt: t(0), stops: stops.map { (t($0.0), $0.1.map(t)) }, endedAt: endedAt.map(t), under: rule,
                calendar: calendar(.utc))
        }
        #expect(clock([], 10).deadline == t(10))
        #expect(clock([], 10).isInTime(at: t(99)))
        #expect(!clock([], 11).isInTime(at: t(99)))
        #expect(clock([], 4).deadline == t(10))
        #expect(clock([], 4).elapsed(at: t(99)) == 4)
        // Waiting: the deadline moves, and it is not over however long that takes.
        #expect(clock([(4, nil)], nil).deadline == nil)
        #expect(clock([(4, nil)], nil).dueAt == nil)
        #expect(clock([(4, nil)], nil).elapsed(at: t(99)) == 4)
        #expect(clock([(4, nil)], nil).isInTime(at: t(99)))
        // It was over before it waited.
        #expect(clock([(12, nil)], nil).deadline == t(10))
        #expect(!clock([(12, nil)], nil).isInTime(at: t(99)))
        // It ended while it waited.
        #expect(clock([(4, 50)], 50).deadline == nil)
        #expect(clock([(4, 50)], 50).elapsed(at: t(99)) == 4)
        #expect(clock([(4, 50)], 50).isInTime(at: t(99)))
        // It stopped with its last millisecond used, and may go on no longer.
        #expect(clock([(10, 50)], nil).deadline == t(50))
    }

    /// 10:00 with 24 h is 10:00, with 23 h, 24 h or 25 h on a stopwatch.
    @Test func aDayOfTheWallIsADayWhateverClocksDo() throws {
        func at(_ text: String) throws -> Instant { try #require(RFC3339.instant(text)) }
        func allowed(_ text: String, _ zone: TimeZoneRules, stop: (String, String)? = nil) throws -> String {
            let stops = try stop.map { [(start: try at($0.0), end: Optional(try at($0.1)))] } ?? []
            let clock = HandlingClock(
                openedAt: try at(text), stops: stops, endedAt: nil, under: HandlingDeadline(), calendar: calendar(zone))
            return RFC3339.text(try #require(clock.deadline), in: zone)
        }
        let (berlin, vietnam) = (ZoneTable.berlin.rules, ZoneTable.hoChiMinh.rules)
        // Wednesday.
        #expect(try allowed("2026-10-07T10:00:00+07:00", vietnam) == "2026-10-08T10:00:00+07:00")
        // Friday's last second, Saturday's first instant, Sunday's last second, Monday's first instant.
        #expect(try allowed("2026-10-09T23:59:59+07:00", vietnam) == "2026-10-10T23:59:59+07:00")
        #expect(try allowed("2026-10-10T00:00:00+07:00", vietnam) == "2026-10-12T00:00:00+07:00")
        #expect(try allowed("2026-10-11T23:59:59+07:00", vietnam) == "2026-10-13T23:59:59+07:00")
        #expect(try allowed("2026-10-12T00:00:00+07:00", vietnam) == "2026-10-13T00:00:00+07:00")
        // The rest day is the agreement's, not UTC's.
        #expect(try allowed("2026-10-09T17:00:00Z", vietnam) == "2026-10-12T00:00:00+07:00")
        // Berlin's clocks go forward on Sunday, 29 March 2026, and back on Sunday, 25 October.
        #expect(try allowed("2026-03-28T10:00:00+01:00", berlin) == "2026-03-30T10:00:00+02:00")
        #expect(try allowed("2026-03-27T02:30:00+01:00", berlin) == "2026-03-28T02:30:00+01:00")
        #expect(try allowed("2026-10-24T10:00:00+02:00", berlin) == "2026-10-26T10:00:00+01:00")
        // In the hour that happens twice: its first and its second time are both due at half past two.
        #expect(try allowed("2026-10-25T02:30:00+02:00", berlin) == "2026-10-27T02:30:00+01:00")
        #expect(try allowed("2026-10-25T02:30:00+01:00", berlin) == "2026-10-27T02:30:00+01:00")
        // Half of Saturday used, then two days of waiting over the change: 36 h are left on the wall.
        #expect(
            try allowed(
                "2026-03-28T00:00:00+01:00", berlin, stop: ("2026-03-28T12:00:00+01:00", "2026-03-30T12:00:00+02:00"))
                == "2026-04-01T00:00:00+02:00")
    }

    @Test func operatorsAreWarnedAQuarterBeforeButNeverTooLate() {
        for (allowed, lead) in [(24, 6), (48, 12), (3, 1), (2, 1)] as [(Int64, Int64)] {
            let clock = HandlingClock(
                openedAt: t(0), stops: [], endedAt: nil,
                under: HandlingDeadline(within: allowed * 3_600_000, restDay: 1), calendar: calendar(.utc))
            #expect(clock.lead == lead * 3_600_000)
            #expect(clock.dueAt == t((allowed - lead) * 3_600_000))
        }
        let short = HandlingClock(
            openedAt: t(0), stops: [(t(6000), t(9000))], endedAt: nil,
            under: HandlingDeadline(within: 20_000, restDay: 1), calendar: calendar(.utc))
        #expect(short.dueAt == t(13_000))
        #expect(short.deadline == t(23_000))
    }

    @Test(arguments: [
        ("2026-10-05T07:59:59.999+07:00", false), ("2026-10-05T08:00:00+07:00", true),
        ("2026-10-05T17:29:59.999+07:00", true), ("2026-10-05T17:30:00+07:00", false),
        ("2026-10-10T12:00:00+07:00", true), ("2026-10-11T12:00:00+07:00", false), ("2026-10-05T01:00:00Z", true),
    ])
    func theOfficeIsOpenFromEightToHalfPastFiveButOnSundays(_ text: String, _ isOpen: Bool) throws {
        let instant = try #require(RFC3339.instant(text))
        #expect(OfficeHours.contain(instant, in: calendar(ZoneTable.hoChiMinh.rules)) == isOpen)
    }
}
