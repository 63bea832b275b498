import Testing

@testable import SLA

/// Dates against a count of days, one after the other.
@Suite struct CivilDateTests {
    @Test func everyDayFrom1900To2200() throws {
        // 1900-01-01 was a Monday, 25567 days before the epoch.
        var (year, month, day, count) = (1900, 1, 1, -25_567)
        var weekday = 0
        let names: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday, .saturday, .sunday]
        while year <= 2200 {
            let date = try #require(CivilDate(year: year, month: month, day: day))
            let back = CivilDate(daysSinceEpoch: count)
            if date.daysSinceEpoch != count || back != date || date.weekday != names[weekday] {
                Issue.record("\(year)-\(month)-\(day)")
            }
            count += 1
            weekday = (weekday + 1) % 7
            day += 1
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            guard day > lengths[month - 1] else { continue }
            if CivilDate(year: year, month: month, day: day) != nil { Issue.record("\(year)-\(month)-\(day)") }
            if CivilDate.days(inMonth: month, of: year) != day - 1 { Issue.record("\(year)-\(month)") }
            (month, day) = (month + 1, 1)
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect(count == 84_371)
    }

    @Test(arguments: [
        (0, 1, 1), (10_000, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 32), (2026, 2, 29),
        (2100, 2, 29), (2026, 4, 31),
    ])
    func noSuchDay(year: Int, month: Int, day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test func monthsFollowEachOther() throws {
        var month = try #require(CivilMonth("1999-11"))
        for text in ["1999-12", "2000-01", "2000-02"] {
            let next = month.next
            #expect(next.description == text)
            #expect(next.previous == month)
            #expect(month < next)
            month = next
        }
        #expect(month.firstDay == CivilDate(year: 2000, month: 2, day: 1))
    }

    @Test(arguments: [
        "", "2026", "2026-1", "2026-00", "2026-13", "2026/10", "26-10", "2026-10-01", " 2026-10", "0000-01", "9999-01",
        "२०२६-१०",
    ])
    func noSuchMonth(text: String) {
        #expect(CivilMonth(text) == nil)
    }
}
