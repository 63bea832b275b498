import SLA

/// Where paid time begins or ends, as the configuration and the billing system write it.
public enum TermTime {
    /// What a message says is expected.
    public static let expected = "a date, as 2026-01-01, or an instant, as 2026-01-01T07:00:00+07:00"

    /// The instant that `text` names, a date being its first instant in `calendar`; nil where it names none.
    public static func instant(_ text: String, in calendar: CivilCalendar) -> Instant? {
        RFC3339.instant(text) ?? CivilDate(text).map(calendar.start)
    }
}
