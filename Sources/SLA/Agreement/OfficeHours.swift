/// When the provider's office is open: 08:00 to 17:30, Monday to Saturday, as the commitment states.
public enum OfficeHours {
    /// As notices and incidents say it.
    public static let text = "08:00–17:30, Monday to Saturday"

    private static let opens: Milliseconds = 8 * 3_600_000
    private static let closes: Milliseconds = 17 * 3_600_000 + 30 * 60_000

    /// Whether the office is open at `instant`, by the clocks of `calendar`; at 17:30 it no longer is.
    public static func contain(_ instant: Instant, in calendar: CivilCalendar) -> Bool {
        let wall = calendar.wallClock(at: instant)
        let sinceMidnight = wall - wall.quotientRoundedDown(by: 86_400_000) * 86_400_000
        return calendar.date(at: instant).weekday != .sunday && (opens..<closes).contains(sinceMidnight)
    }
}
