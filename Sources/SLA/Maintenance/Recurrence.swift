/// When a maintenance plan's windows are.
public enum Recurrence: Hashable, Sendable {
    /// Once, between two instants.
    case once(Interval)
    /// Again and again, by the clocks on the wall.
    case series(WindowSeries)

    /// The windows that hold an instant of `range`, each with the date it begins on, in order.
    ///
    /// Linear in the days of `range`.
    public func windows(overlapping range: Interval, in calendar: CivilCalendar) -> [(CivilDate, Interval)] {
        switch self {
        case .once(let interval):
            interval.intersection(range) == nil ? [] : [(calendar.date(at: interval.start), interval)]
        case .series(let series):
            series.windows(overlapping: range, in: calendar)
        }
    }
}

/// Windows that recur at times of the clock on the wall: `02:00 to 04:00 every Sunday`. A window is as long as the
/// clocks make it, an hour more or less on the days of their changes.
public struct WindowSeries: Hashable, Sendable {
    /// The days it begins on.
    public var days: RecurringDays
    /// When it begins.
    public var start: WallTime
    /// When it ends: on the next day where that is not later than ``start``.
    public var end: WallTime
    /// The first day on which it may begin.
    public var first: CivilDate
    /// The last day on which it may begin; nil where it goes on until it is cancelled.
    public var last: CivilDate?
    /// Days that are left out.
    public var exceptions: Set<CivilDate>

    /// A series.
    public init(
        days: RecurringDays, start: WallTime, end: WallTime, first: CivilDate, last: CivilDate? = nil,
        exceptions: Set<CivilDate> = []
    ) {
        self.days = days
        self.start = start
        self.end = end
        self.first = first
        self.last = last
        self.exceptions = exceptions
    }

    /// Whether a window begins on `date`.
    public func begins(on date: CivilDate) -> Bool {
        first <= date && last.map { date <= $0 } ?? true && !exceptions.contains(date) && days.contains(date)
    }

    /// The `count`th day on which a window begins, exceptions counted as RFC 5545 counts them; nil where there is none
    /// within 50 years, or before the calendar's end. `count` is at least 1.
    public func day(_ count: Int) -> CivilDate? {
        var left = count
        for offset in 0..<18_300 {
            let date = first.advanced(by: offset)
            if date > last ?? .latest { return nil }
            guard days.contains(date) else { continue }
            left -= 1
            if left == 0 { return date }
        }
        return nil
    }

    /// The windows that hold an instant of `range`, in order. One that a clock change leaves empty is none.
    func windows(overlapping range: Interval, in calendar: CivilCalendar) -> [(CivilDate, Interval)] {
        // A window may have begun two days before by the wall: it lasts a day, and clocks may have skipped another.
        let earliest = max(first, calendar.date(at: range.start).advanced(by: -3))
        let latest = min(last ?? .latest, calendar.date(at: range.end).advanced(by: 1))
        guard earliest <= latest else { return [] }
        return (earliest.daysSinceEpoch...latest.daysSinceEpoch).compactMap { day in
            let date = CivilDate(daysSinceEpoch: day)
            guard begins(on: date), let window = window(on: date, in: calendar),
                window.intersection(range) != nil
            else { return nil }
            return (date, window)
        }
    }

    private func window(on date: CivilDate, in calendar: CivilCalendar) -> Interval? {
        let endDate = end > start ? date : date.advanced(by: 1)
        return Interval(calendar.instant(date, start), calendar.instant(endDate, end))
    }
}
