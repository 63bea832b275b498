import SLA

/// A POSIX `TZ` rule, as the footer of a TZif file has it (RFC 9636 §3.3.1): `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixTimeZone {
    /// Standard time minus UTC, in s.
    private let standard: Int64
    /// The other time of the year, if there is one.
    private let daylight: Daylight?

    private struct Daylight {
        /// Daylight time minus UTC, in s. It may be behind standard time, as Ireland's winter is by law.
        let offset: Int64
        let start: Rule
        let end: Rule
    }

    /// When a time begins: a day of the year, and seconds after its midnight on the clock that ends there.
    private struct Rule {
        let day: YearDay
        let time: Int64
    }

    /// A day of any year.
    private enum YearDay {
        /// `Mm.w.d`: the `week`th of the month's `weekday`s (0 is Sunday), 5 the last.
        case weekday(month: Int, week: Int, weekday: Int)
        /// `Jn`, 1 to 365: February 29 is not counted.
        case withoutLeapDay(Int)
        /// `n`, 0 to 365: February 29 is.
        case ordinal(Int)
    }

    /// The rule written `text`, or nil where it is none.
    init?(_ text: String) {
        var scanner = Scanner(text)
        guard scanner.name(), let offset = scanner.offset(maximumHours: 24) else { return nil }
        standard = -offset
        guard !scanner.isAtEnd else {
            daylight = nil
            return
        }
        guard scanner.name() else { return nil }
        let other: Int64
        if scanner.next == "," {
            other = standard + 3600
        } else {
            guard let offset = scanner.offset(maximumHours: 24) else { return nil }
            other = -offset
        }
        guard let start = Self.rule(&scanner), let end = Self.rule(&scanner), scanner.isAtEnd else { return nil }
        daylight = Daylight(offset: other, start: start, end: end)
    }

    private static func rule(_ scanner: inout Scanner) -> Rule? {
        guard scanner.accept(","), let day = yearDay(&scanner) else { return nil }
        guard scanner.accept("/") else { return Rule(day: day, time: 2 * 3600) }
        return scanner.offset(maximumHours: 167).map { Rule(day: day, time: $0) }
    }

    private static func yearDay(_ scanner: inout Scanner) -> YearDay? {
        if scanner.accept("M") {
            guard let month = scanner.number(1...12), scanner.accept("."), let week = scanner.number(1...5),
                scanner.accept("."), let weekday = scanner.number(0...6)
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        if scanner.accept("J") { return scanner.number(1...365).map(YearDay.withoutLeapDay) }
        return scanner.number(0...365).map(YearDay.ordinal)
    }

    /// The changes of the offset that the rule makes in `years`, in order.
    func transitions(years: ClosedRange<Int>) -> [TimeZoneRules.Transition] {
        guard let daylight else { return [] }
        var offsets: [Int64: Int64] = [:]
        for year in years {
            let end = Self.seconds(of: daylight.end, in: year) - daylight.offset
            // Where one summer ends as the next begins, the zone has daylight time all year: the beginning holds.
            if offsets[end] == nil { offsets[end] = standard }
            offsets[Self.seconds(of: daylight.start, in: year) - standard] = daylight.offset
        }
        return offsets.sorted { $0.key < $1.key }.map {
            TimeZoneRules.Transition(at: Instant(milliseconds: $0.key * 1000), offset: $0.value * 1000)
        }
    }

    /// When `rule` strikes in `year`, as seconds that the civil clock shows.
    private static func seconds(of rule: Rule, in year: Int) -> Int64 {
        Int64(days(of: rule.day, in: year)) * 86_400 + rule.time
    }

    private static func days(of day: YearDay, in year: Int) -> Int {
        let newYear = days(year, 1, 1)
        switch day {
        case .ordinal(let number): return newYear + number
        case .withoutLeapDay(let number):
            let isLeap = CivilDate.days(inMonth: 2, of: year) == 29
            return newYear + number - 1 + (isLeap && number >= 60 ? 1 : 0)
        case .weekday(let month, let week, let weekday):
            let first = days(year, month, 1)
            // 1970-01-01 was a Thursday, the day 4.
            let ahead = ((weekday - (first + 4) % 7) % 7 + 7) % 7
            var day = first + ahead + (week - 1) * 7
            while day >= first + CivilDate.days(inMonth: month, of: year) { day -= 7 }
            return day
        }
    }

    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        CivilDate(year: year, month: month, day: day)?.daysSinceEpoch ?? 0
    }

    /// Takes a rule apart from left to right.
    private struct Scanner {
        private var rest: Substring

        init(_ text: String) {
            rest = text[...]
        }

        var isAtEnd: Bool { rest.isEmpty }
        var next: Character? { rest.first }

        mutating func accept(_ character: Character) -> Bool {
            guard rest.first == character else { return false }
            rest.removeFirst()
            return true
        }

        /// Passes over `CET` or `<+07>`.
        mutating func name() -> Bool {
            if accept("<") {
                let name = rest.prefix { $0 != ">" }
                rest = rest.dropFirst(name.count)
                return name.count >= 3 && accept(">")
            }
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(name.count)
            return name.count >= 3
        }

        /// A whole number in `range`.
        mutating func number(_ range: ClosedRange<Int>) -> Int? {
            let digits = rest.prefix { ("0"..."9").contains($0) }.prefix(4)
            guard let value = Int(digits), range.contains(value) else { return nil }
            rest = rest.dropFirst(digits.count)
            return value
        }

        /// `[+-]hh[:mm[:ss]]`, in s.
        mutating func offset(maximumHours: Int) -> Int64? {
            let isNegative = accept("-")
            if !isNegative { _ = accept("+") }
            guard let hours = number(0...maximumHours) else { return nil }
            var seconds = hours * 3600
            for unit in [60, 1] where accept(":") {
                guard let part = number(0...59) else { return nil }
                seconds += part * unit
            }
            return Int64(isNegative ? -seconds : seconds)
        }
    }
}
