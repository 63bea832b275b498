/// Which days of the calendar a recurring window begins on.
public enum RecurringDays: Hashable, Sendable {
    /// The same days of each week; at least one.
    case weekly(Set<Weekday>)
    /// One day of each month, as the last Sunday.
    case monthly(WeekOfMonth, Weekday)

    /// Which of a month's four or five days of a name is meant.
    public enum WeekOfMonth: String, CaseIterable, Hashable, Sendable {
        case first, second, third, fourth, last
    }

    /// The days written `sunday`, `monday thursday` or `last sunday`, or nil.
    public init?(_ text: some StringProtocol) {
        let words = String(text).split(separator: " ").map(String.init)
        if let first = words.first, let week = WeekOfMonth(rawValue: first) {
            guard words.count == 2, let day = Weekday(rawValue: words[1]) else { return nil }
            self = .monthly(week, day)
            return
        }
        let days = words.compactMap(Weekday.init)
        guard !days.isEmpty, days.count == words.count else { return nil }
        self = .weekly(Set(days))
    }

    /// As it is written, the days in the order of the week.
    public var text: String {
        switch self {
        case .weekly(let days): Weekday.allCases.filter(days.contains).map(\.rawValue).joined(separator: " ")
        case .monthly(let week, let day): "\(week.rawValue) \(day.rawValue)"
        }
    }

    /// Whether `date` is one of them.
    public func contains(_ date: CivilDate) -> Bool {
        switch self {
        case .weekly(let days): days.contains(date.weekday)
        case .monthly(let week, let day): date.weekday == day && Self.holds(date, week)
        }
    }

    private static func holds(_ date: CivilDate, _ week: WeekOfMonth) -> Bool {
        switch week {
        case .first: date.day <= 7
        case .second: (8...14).contains(date.day)
        case .third: (15...21).contains(date.day)
        case .fourth: (22...28).contains(date.day)
        case .last: date.day > CivilDate.days(inMonth: date.month, of: date.year) - 7
        }
    }
}
