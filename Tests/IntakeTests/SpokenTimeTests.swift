import Intake
import SLA
import Testing

/// Instants as people say them, by the clocks of Ho Chi Minh City and of Berlin.
@Suite struct SpokenTimeTests {
    private func instant(_ text: String) throws -> Instant { try #require(RFC3339.instant(text)) }

    /// Clocks at an offset, which go back an hour at 2026-10-25T01:00:00Z and forth at 2026-03-29T01:00:00Z in Berlin.
    private func time(_ zone: String, at now: String) throws -> SpokenTime {
        let hour: Milliseconds = 3_600_000
        let rules =
            zone == "Berlin"
            ? TimeZoneRules(
                name: "Europe/Berlin", initialOffset: hour,
                transitions: [
                    .init(at: try instant("2026-03-29T01:00:00Z"), offset: 2 * hour),
                    .init(at: try instant("2026-10-25T01:00:00Z"), offset: hour),
                ]) : TimeZoneRules(name: "Asia/Ho_Chi_Minh", initialOffset: 7 * hour)
        return SpokenTime(in: CivilCalendar(zone: rules), at: try instant(now))
    }

    @Test(arguments: [
        ("now", "2026-11-01T00:30:15.250+07:00"), ("2h ago", "2026-10-31T22:30:15.250+07:00"),
        ("1h30m ago", "2026-10-31T23:00:15.250+07:00"), ("1d 2h ago", "2026-10-30T22:30:15.250+07:00"),
        ("23:00", "2026-11-01T23:00:00+07:00"), ("today 00:10", "2026-11-01T00:10:00+07:00"),
        ("yesterday 23:00", "2026-10-31T23:00:00+07:00"), ("Yesterday 23:00:15", "2026-10-31T23:00:15+07:00"),
        ("tomorrow 02:00", "2026-11-02T02:00:00+07:00"), ("2026-10-31 23:00", "2026-10-31T23:00:00+07:00"),
        ("2026-10-31T23:00:15.2509", "2026-10-31T23:00:15.250+07:00"),
        ("2026-10-31T23:00:00Z", "2026-10-31T23:00:00Z"), ("1793462400000", "2026-10-31T16:00:00Z"),
    ])
    func whatIsSaid(_ text: String, _ expected: String) throws {
        let time = try time("Saigon", at: "2026-11-01T00:30:15.250+07:00")
        #expect(try time.instant(text) == instant(expected))
    }

    @Test(arguments: [
        "", "yesterday", "2026-10-31", "23", "24:00", "23:60", "23:00:60", "23:00 yesterday", "2h", "ago", "-2h ago",
        "2026-02-30 10:00", "now now", "3 o'clock", "monday 10:00", "1791158400",
    ])
    func whatIsNoInstantIsAnsweredWithOne(_ text: String) throws {
        let time = try time("Saigon", at: "2026-11-01T00:30:15.250+07:00")
        let error = #expect(throws: SpokenTimeError.self) { try time.instant(text) }
        #expect(
            error?.description == "found \"\(text)\", expected an instant, as 2026-11-01T00:30:00+07:00, "
                + "or by the clock as \"2026-11-01 00:30\", \"yesterday 00:30\", 00:30, now, \"2h ago\""
                + (text == "1791158400" ? "; seconds?" : ""))
    }

    /// Where clocks change, both readings are shown.
    @Test(arguments: [
        ("2026-10-25 02:30", "twice", "2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00"),
        ("2026-03-29 02:30", "never", "2026-03-29T01:30:00+01:00 or 2026-03-29T03:30:00+02:00"),
        ("2026-03-29 02:00", "never", "2026-03-29T01:00:00+01:00 or 2026-03-29T03:00:00+02:00"),
    ])
    func whatIsShownTwiceOrNeverIsRefused(_ text: String, _ count: String, _ readings: String) throws {
        let time = try time("Berlin", at: "2026-10-25T12:00:00+01:00")
        let error = #expect(throws: SpokenTimeError.self) { try time.instant(text) }
        #expect(
            error?.description
                == "found \"\(text)\", which clocks in Europe/Berlin show \(count): expected \(readings)")
    }

    @Test(arguments: [
        ("2026-10-25 01:59:59", "2026-10-25T01:59:59+02:00"), ("2026-10-25 03:00", "2026-10-25T03:00:00+01:00"),
        ("2026-03-29 01:59", "2026-03-29T01:59:00+01:00"), ("2026-03-29 03:00", "2026-03-29T03:00:00+02:00"),
        ("2026-07-01 12:00", "2026-07-01T12:00:00+02:00"),
    ])
    func besideAChangeTheClockIsRight(_ text: String, _ expected: String) throws {
        #expect(try time("Berlin", at: "2026-10-25T12:00:00+01:00").instant(text) == instant(expected))
    }

    @Test func theRunningMonthIsThatOfTheZone() throws {
        let time = try time("Saigon", at: "2026-10-31T17:00:00Z")
        #expect(time.runningMonth == CivilMonth("2026-11") && time.runningMonth.previous == CivilMonth("2026-10"))
    }
}
