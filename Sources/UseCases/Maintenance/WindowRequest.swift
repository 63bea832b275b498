import Intake
import SLA

/// When windows of maintenance are to be, in words: once between two instants, or with ``every`` by the clock on the
/// wall in the agreement's zone.
public struct WindowRequest: Sendable {
    /// The first instant, or the time at which a window begins.
    public var from: String
    /// The first instant after it, or the time at which a window ends.
    public var to: String
    /// The days on which it recurs; nil where it does not.
    public var every: String?
    /// The first day on which it may begin; nil for today.
    public var first: CivilDate?
    /// The last day on which it may begin; nil for none.
    public var last: CivilDate?
    /// How many windows there are, exceptions counted; instead of ``last``.
    public var count: Int?
    /// The days that are left out.
    public var except: [CivilDate]

    /// A request.
    public init(
        from: String, to: String, every: String? = nil, first: CivilDate? = nil, last: CivilDate? = nil,
        count: Int? = nil, except: [CivilDate] = []
    ) {
        self.from = from
        self.to = to
        self.every = every
        self.first = first
        self.last = last
        self.count = count
        self.except = except
    }

    /// The windows that are meant; nil, and noted in `check`, where there are none such.
    func recurrence(in calendar: CivilCalendar, now: Instant, _ check: inout RequestCheck) -> Recurrence? {
        every == nil ? once(in: calendar, now: now, &check) : series(calendar.date(at: now), &check)
    }

    private func once(in calendar: CivilCalendar, now: Instant, _ check: inout RequestCheck) -> Recurrence? {
        let recurring: [(RequestField, isGiven: Bool)] = [
            (.first, first != nil), (.last, last != nil), (.count, count != nil), (.except, !except.isEmpty),
        ]
        for (field, isGiven) in recurring where isGiven {
            check.add(field, "is of windows that recur, expected \(RequestField.every) with it")
        }
        let time = SpokenTime(in: calendar, at: now)
        guard let from = instant(.from, from, by: time, &check), let to = instant(.to, to, by: time, &check),
            let interval = check.interval(from: from, to: to)
        else { return nil }
        if interval.end <= now {
            check.add(.to, "the window is over, expected one that is not: maintenance is planned before it is done")
        }
        if interval.length > MaintenanceWindow.longest {
            check.add(
                .to,
                "the window is longer than \(DurationText.spoken(MaintenanceWindow.longest)), which no maintenance is")
        }
        return .once(interval)
    }

    private func instant(
        _ field: RequestField, _ text: String, by time: SpokenTime, _ check: inout RequestCheck
    ) -> Instant? {
        do {
            return try time.instant(text)
        } catch {
            check.add(field, "\(error)")
            return nil
        }
    }

    private func time(_ field: RequestField, _ text: String, _ check: inout RequestCheck) -> WallTime? {
        let time = WallTime(text)
        if time == nil {
            check.add(
                field,
                "found \(Diagnostic.quoted(text)), expected a time of the day with \(RequestField.every), as 02:00")
        }
        return time
    }

    private func series(_ today: CivilDate, _ check: inout RequestCheck) -> Recurrence? {
        let days = every.flatMap { RecurringDays($0) }
        if days == nil {
            check.add(
                .every,
                """
                found \(Diagnostic.quoted(every ?? "")), expected days of the week, as "monday thursday", or one of \
                the month, as "second tuesday" or "last sunday"
                """)
        }
        let (start, end) = (time(.from, from, &check), time(.to, to, &check))
        if let start, start == end { check.add(.to, "the window ends when it begins") }
        if let first, first < today { check.add(.first, "\(first) lies in the past, expected \(today) or later") }
        if let last, last < first ?? today { check.add(.last, "\(last) is before the first day") }
        if last != nil, count != nil {
            check.add(.count, "expected \(RequestField.count) or \(RequestField.last), not both")
        }
        if let count, !(1...1000).contains(count) { check.add(.count, "found \(count), expected 1 to 1000") }
        guard let days, let start, let end else { return nil }
        var series = WindowSeries(
            days: days, start: start, end: end, first: first ?? today, last: last, exceptions: Set(except))
        for date in except where !days.contains(date) || date < series.first {
            check.add(.except, "no window begins on \(date)")
        }
        if let count, (1...1000).contains(count) {
            series.last = series.day(count)
            if series.last == nil { check.add(.count, "there are no \(count) such days within 50 years") }
        }
        return .series(series)
    }
}
