import SLAOracle
import Testing

@testable import SLA

/// Recurring windows in zones whose clocks change, against looking at the clock every minute.
@Suite struct RecurrenceTests {
    /// The first minute from `early` on at which the clocks of `zone` show `wall` or later.
    private static func firstMinute(showing wall: Int64, from early: Int64, in zone: ZoneTable) -> Int64 {
        var seconds = early
        while zone.wallClock(at: seconds) < wall { seconds += 60 }
        return seconds
    }

    /// What a person with a clock and a calendar on the wall finds for the days around `day`.
    private static func windows(
        around day: Int64, _ zone: ZoneTable, from start: Int, to end: Int, on isDay: (CivilDate) -> Bool
    ) -> [Interval] {
        (day - 8...day + 8).compactMap { day in
            guard isDay(CivilDate(daysSinceEpoch: Int(day))) else { return nil }
            let begins = day * 86_400 + Int64(start) * 60
            let ends = (end > start ? day : day + 1) * 86_400 + Int64(end) * 60
            let early = day * 86_400 - 30 * 3600
            return Interval(
                t(firstMinute(showing: begins, from: early, in: zone) * 1000),
                t(firstMinute(showing: ends, from: early, in: zone) * 1000))
        }
    }

    @Test(arguments: ZoneTable.all)
    func everyDayAroundEveryChange(zone: ZoneTable) throws {
        let calendar = CivilCalendar(zone: zone.rules)
        // Within the hours that clocks skip and repeat, across them, and over midnight.
        let times = [(0, 60), (23 * 60 + 30, 30), (120, 240), (135, 165), (90, 150), (150, 210), (180, 180)]
        for change in zone.changes + [ZoneTable.Change(at: 1_790_000_000, offset: 0)] {
            let day = change.at / 86_400
            for (start, end) in times {
                let series = WindowSeries(
                    days: .weekly(Set(Weekday.allCases)), start: try #require(WallTime(minutes: start)),
                    end: try #require(WallTime(minutes: end)), first: CivilDate(daysSinceEpoch: Int(day) - 8),
                    last: CivilDate(daysSinceEpoch: Int(day) + 8))
                let all = span((day - 20) * 86_400_000, (day + 20) * 86_400_000)
                let found = Recurrence.series(series).windows(overlapping: all, in: calendar).map(\.1)
                #expect(found == Self.windows(around: day, zone, from: start, to: end) { _ in true })
                // A range finds those that hold an instant of it, and no others.
                let part = span(day * 86_400_000 - 3_600_000, (day + 2) * 86_400_000)
                #expect(
                    Recurrence.series(series).windows(overlapping: part, in: calendar).map(\.1)
                        == found.filter { $0.intersection(part) != nil })
            }
        }
    }

    @Test(arguments: [
        ("sunday", ["2026-10-04", "2026-10-11", "2026-10-18", "2026-10-25"]),
        ("friday monday", ["2026-10-02", "2026-10-05", "2026-10-09", "2026-10-12"]),
        ("first sunday", ["2026-10-04", "2026-11-01", "2026-12-06", "2027-01-03"]),
        ("second tuesday", ["2026-10-13", "2026-11-10", "2026-12-08", "2027-01-12"]),
        ("fourth thursday", ["2026-10-22", "2026-11-26", "2026-12-24", "2027-01-28"]),
        ("last sunday", ["2026-10-25", "2026-11-29", "2026-12-27", "2027-01-31"]),
    ])
    func theDaysOfACalendar(days: String, dates: [String]) throws {
        let series = WindowSeries(
            days: try #require(RecurringDays(days)), start: try #require(WallTime("02:00")),
            end: try #require(WallTime("04:00")), first: try #require(CivilDate("2026-10-01")))
        #expect((1...4).map { series.day($0)?.description } == dates)
        let calendar = CivilCalendar(zone: ZoneTable.hoChiMinh.rules)
        let quarter = span(1_790_787_600_000, 1_790_787_600_000 + 140 * 86_400_000)
        let windows = Recurrence.series(series).windows(overlapping: quarter, in: calendar)
        #expect(windows.prefix(4).map { $0.0.description } == dates)
        #expect(windows.allSatisfy { $0.1.length == 2 * 3_600_000 })
    }

    @Test func exceptionsAndTheLastDateAreLeftOut() throws {
        let exception = try #require(CivilDate("2026-10-11"))
        let series = WindowSeries(
            days: .weekly([.sunday]), start: try #require(WallTime("02:00")), end: try #require(WallTime("04:00")),
            first: try #require(CivilDate("2026-10-04")), last: CivilDate("2026-10-25"),
            exceptions: [exception])
        let calendar = CivilCalendar(zone: .utc)
        let windows = Recurrence.series(series).windows(
            overlapping: span(1_780_000_000_000, 1_800_000_000_000), in: calendar)
        #expect(windows.map { $0.0.description } == ["2026-10-04", "2026-10-18", "2026-10-25"])
        // Counted as RFC 5545 does: the exception is one of them.
        #expect(series.day(3)?.description == "2026-10-18")
        #expect(series.day(5) == nil)
    }

    /// A day that cannot be written would make the ledger unreadable.
    @Test func noDayIsBeyondTheCalendar() throws {
        let series = WindowSeries(
            days: .weekly([.sunday]), start: try #require(WallTime("23:00")), end: try #require(WallTime("01:00")),
            first: try #require(CivilDate("9999-12-20")))
        #expect((1...3).map { series.day($0)?.description } == ["9999-12-26", nil, nil])
        let calendar = CivilCalendar(zone: .utc)
        let all = Interval(unchecked: calendar.start(of: series.first), .distantFuture)
        #expect(Recurrence.series(series).windows(overlapping: all, in: calendar).count == 1)
    }

    /// A plan may lie years ahead, whether it recurs or not.
    @Test func whatComesIsFoundHoweverFarItLiesAhead() throws {
        let series = WindowSeries(
            days: .weekly([.sunday]), start: try #require(WallTime("02:00")), end: try #require(WallTime("04:00")),
            first: try #require(CivilDate("2030-01-01")))
        let calendar = CivilCalendar(zone: .utc)
        let once = span(1_893_456_000_000, 1_893_459_600_000)
        for (recurrence, date) in [(Recurrence.series(series), "2030-01-06"), (.once(once), "2030-01-01")] {
            let plan = MaintenancePlan(
                number: 1, kind: .scheduled, scope: [.all], recurrence: recurrence, reason: "r",
                plannedAt: t(1_790_000_000_000), plannedBy: "lan")
            let record = MaintenanceRecord(plans: [plan])
            let coming = record.nextWindows(of: plan, after: t(1_790_000_000_000), limit: 1, in: calendar)
            #expect(coming.map(\.date.description) == [date])
        }
    }

    @Test(arguments: [
        ("M1.2026-10-11.acme", true), ("M12.2026-10-11.x1.a.b", true), ("M1.2026-10-11", false), ("M1.x1.acme", false),
        ("M1", false), ("E1", false), ("M0.2026-10-11.acme", false),
    ])
    func namesOfWhatMaintenanceClaims(text: String, isOne: Bool) {
        #expect(MaintenanceClaim.isIdentifier(text) == isOne)
    }

    @Test(arguments: ["", "sun", "last", "last sunday monday", "fifth monday", "sunday last", "2nd sunday"])
    func otherWordsAreNoDays(text: String) {
        #expect(RecurringDays(text) == nil)
    }

    @Test(arguments: ["M1", "M12.2026-10-11", "M3.x2"])
    func subjectsAreWrittenAsTheyAreRead(text: String) {
        #expect(NoticeSubject(text)?.description == text)
    }

    @Test(arguments: ["", "M", "M0", "M01", "m1", "E1", "M1.", "M1.x0", "M1.2026-13-01", "M1.x1.acme", "M1 "])
    func otherWordsAreNoSubjects(text: String) {
        #expect(NoticeSubject(text) == nil)
    }

    @Test(arguments: ["24:00", "2:00", "02:60", "0200", "02:00 ", ""])
    func otherWordsAreNoTimes(text: String) {
        #expect(WallTime(text) == nil)
    }
}
