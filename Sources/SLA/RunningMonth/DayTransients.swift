/// The transients of one civil day, as far as they are known: how many began on it, in time that is paid for.
public struct DayTransients: Hashable, Sendable {
    /// The day; nil before anything was counted.
    public private(set) var date: CivilDate?
    /// How many there are.
    public private(set) var count = 0
    /// When the first of them began; nil where there is none.
    public private(set) var first: Instant?
    /// From its first instant to the first of the next day.
    private var day: Interval?

    /// None.
    init() {}

    /// Counts those that begin in `stretch`, of the day in which that ends. What was counted of a day before is
    /// forgotten.
    ///
    /// - Parameters:
    ///   - transients: by their beginning.
    ///   - committed: the time that is paid for.
    mutating func add(
        _ transients: [Interval], in stretch: Interval, committed: IntervalSet, _ calendar: CivilCalendar
    ) {
        if day.map({ !$0.contains(stretch.end) }) ?? true { begin(at: stretch.end, calendar) }
        guard let day else { return }
        let from = max(stretch.start, day.start)
        for transient in transients.reversed() {
            if transient.start < from { break }
            guard transient.start < stretch.end, committed.contains(transient.start) else { continue }
            count += 1
            first = min(first ?? transient.start, transient.start)
        }
    }

    private mutating func begin(at instant: Instant, _ calendar: CivilCalendar) {
        var date = calendar.date(at: instant)
        // Where midnight happens twice, clocks show the old day again within the new one.
        if calendar.start(of: date.advanced(by: 1)) <= instant { date = date.advanced(by: 1) }
        self.date = date
        day = Interval(calendar.start(of: date), calendar.start(of: date.advanced(by: 1)))
        (count, first) = (0, nil)
    }
}
