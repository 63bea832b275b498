import SLAOracle
import Testing

@testable import SLA

/// Calendar words in zones whose clocks change, against looking at the clock every minute.
@Suite struct CivilCalendarTests {
    /// The first minute at which the clocks of `zone` show the midnight `wall` or later.
    private static func firstMinute(showing wall: Int64, in zone: ZoneTable) -> Int64 {
        var seconds = wall - 30 * 3600
        while zone.wallClock(at: seconds) < wall { seconds += 60 }
        return seconds
    }

    @Test(arguments: ZoneTable.all)
    func daysAroundEveryChange(zone: ZoneTable) throws {
        let calendar = CivilCalendar(zone: zone.rules)
        for change in zone.changes + [ZoneTable.Change(at: 1_790_000_000, offset: 0)] {
            for day in change.at / 86_400 - 3...change.at / 86_400 + 3 {
                let start = calendar.start(of: CivilDate(daysSinceEpoch: Int(day)))
                #expect(start == t(Self.firstMinute(showing: day * 86_400, in: zone) * 1000))
            }
        }
    }

    @Test(arguments: ZoneTable.all)
    func monthsOfTheTables(zone: ZoneTable) throws {
        let calendar = CivilCalendar(zone: zone.rules)
        for table in zone.months {
            let month = try #require(CivilMonth(table.text))
            let interval = calendar.interval(of: month)
            #expect(interval == span(table.start * 1000, table.end * 1000))
            // The month that holds an instant is the one whose interval does, also where clocks go back
            // into the month before.
            for at in [table.start, table.start + 30, table.start + 1800, table.start + 3600, table.end - 1] {
                #expect(calendar.month(containing: t(at * 1000)) == month)
            }
            #expect(calendar.month(containing: t(table.start * 1000 - 1)) == month.previous)
            #expect(calendar.month(containing: t(table.end * 1000)) == month.next)
        }
    }

    /// The months leave no gap, and every instant is in the one that holds it.
    @Test(arguments: ZoneTable.all)
    func everyHourIsInItsMonth(zone: ZoneTable) {
        let calendar = CivilCalendar(zone: zone.rules)
        for change in zone.changes {
            for hour in -800...Int64(800) {
                let instant = t((change.at + hour * 3600) * 1000)
                let month = calendar.month(containing: instant)
                if !calendar.interval(of: month).contains(instant) { Issue.record("\(instant)") }
                if calendar.interval(of: month).end != calendar.interval(of: month.next).start {
                    Issue.record("\(month)")
                }
                if instant.milliseconds + zone.rules.offset(at: instant)
                    != zone.wallClock(at: instant.milliseconds / 1000) * 1000
                {
                    Issue.record("the clock at \(instant)")
                }
            }
        }
    }

    /// The instants by hand, as UTC: skipped midnights, midnights that happen twice, a day that never was.
    @Test(arguments: [
        (ZoneTable.saoPaulo, 2018, 11, 4, "2018-11-04T03:00:00Z"),
        (.saoPaulo, 2019, 2, 17, "2019-02-17T03:00:00Z"),
        (.beirut, 2022, 3, 27, "2022-03-26T22:00:00Z"),
        (.beirut, 2022, 10, 30, "2022-10-29T22:00:00Z"),
        (.havana, 2015, 11, 1, "2015-11-01T04:00:00Z"),
        (.stJohns, 2009, 11, 1, "2009-11-01T02:30:00Z"),
        (.asuncion, 2017, 10, 1, "2017-10-01T04:00:00Z"),
        (.amman, 2016, 4, 1, "2016-03-31T22:00:00Z"),
        (.apia, 2011, 12, 30, "2011-12-30T10:00:00Z"),
        (.apia, 2011, 12, 31, "2011-12-30T10:00:00Z"),
        (.hoChiMinh, 2026, 10, 1, "2026-09-30T17:00:00Z"),
    ])
    func startOfDay(zone: ZoneTable, year: Int, month: Int, day: Int, utc: String) throws {
        let date = try #require(CivilDate(year: year, month: month, day: day))
        let start = CivilCalendar(zone: zone.rules).start(of: date)
        #expect(RFC3339.text(start, in: .utc) == utc)
    }

    /// Months have as many hours as their clocks ran.
    @Test(arguments: [
        (ZoneTable.berlin, "2026-03", 743), (.berlin, "2026-10", 745), (.newYork, "2026-03", 743),
        (.newYork, "2026-11", 721), (.saoPaulo, "2018-11", 719), (.hoChiMinh, "2026-10", 744),
        (.havana, "2015-11", 721),
    ])
    func hoursOfMonth(zone: ZoneTable, text: String, hours: Int64) throws {
        let month = try #require(CivilMonth(text))
        #expect(CivilCalendar(zone: zone.rules).interval(of: month).length == hours * 3_600_000)
    }

    /// Lord Howe's clocks change by half an hour.
    @Test func halfAnHour() throws {
        let calendar = CivilCalendar(zone: ZoneTable.lordHowe.rules)
        let april = try #require(CivilMonth("2026-04"))
        #expect(calendar.interval(of: april).length == 720 * 3_600_000 + 1_800_000)
    }
}
