import SLA

/// What instants mean to somebody who names them at an instant, by the clocks of one zone: as RFC 3339, and as people
/// say them.
public struct SpokenTime: Sendable {
    /// The calendar and the clocks that are meant.
    public let calendar: CivilCalendar
    /// When it is said.
    public let now: Instant

    /// What is said at `now` by the clocks of `calendar`.
    public init(in calendar: CivilCalendar, at now: Instant) {
        self.calendar = calendar
        self.now = now
    }

    private static let day: Milliseconds = 86_400_000

    /// The instant that `text` means: RFC 3339, milliseconds since the epoch, `now`, `2h ago`, or a time by the clock on
    /// the wall, as `2026-10-31 23:00`, `yesterday 23:00` or `23:00` of today.
    ///
    /// - Throws: `SpokenTimeError` for anything else, and for a time that the clocks show twice or never.
    public func instant(_ text: String) throws(SpokenTimeError) -> Instant {
        if let instant = InstantText.instant(text) { return instant }
        let words = text.lowercased().split(separator: " ")
        if words == ["now"] { return now }
        if words.last == "ago", let length = DurationText.duration(words.dropLast().joined()) { return now - length }
        guard let wall = wallClock(words) else { throw .noInstant(text, shown: now, in: calendar.zone) }
        let zone = calendar.zone
        // No change of the clocks is longer than a day and a half, and no two are so near to each other.
        let offsets = Set([-1, 1].map { zone.offset(at: Instant(milliseconds: wall + $0 * Self.day * 3 / 2)) })
        let readings = offsets.map { Instant(milliseconds: wall - $0) }.sorted()
        let shown = readings.filter { $0.milliseconds + zone.offset(at: $0) == wall }
        if shown.count == 1 { return shown[0] }
        throw .notOnce(text, isNever: shown.isEmpty, readings, in: zone)
    }

    /// The month in which it is said.
    public var runningMonth: CivilMonth { calendar.month(containing: now) }

    /// What a clock on the wall shows then, in ms counted as if it were UTC.
    private func wallClock(_ words: [Substring]) -> Milliseconds? {
        let parts = words.count == 1 ? words[0].split(separator: "t", omittingEmptySubsequences: false) : words
        guard let last = parts.last, let time = Self.time(last), parts.count <= 2 else { return nil }
        let today = calendar.date(at: now)
        let date: CivilDate? =
            switch parts.count == 1 ? "today" : parts[0] {
            case "today": today
            case "yesterday": today.advanced(by: -1)
            case "tomorrow": today.advanced(by: 1)
            default: CivilDate(parts[0])
            }
        return date.map { Int64($0.daysSinceEpoch) * Self.day + time }
    }

    /// The ms since 00:00 that `23:00`, `23:00:15` or `23:00:15.250` stands for.
    private static func time(_ text: Substring) -> Milliseconds? {
        guard let minutes = WallTime(text.prefix(5))?.minutes else { return nil }
        let rest = text.dropFirst(5)
        if rest.isEmpty { return Int64(minutes) * 60_000 }
        guard rest.first == ":", let within = RFC3339.instant("1970-01-01T00:00" + rest + "Z") else { return nil }
        return Int64(minutes) * 60_000 + within.milliseconds
    }
}

/// Why some words name no instant. Its text shows one that does.
public enum SpokenTimeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// They are none of the forms; at the instant `shown` they were said.
    case noInstant(String, shown: Instant, in: TimeZoneRules)
    /// The clocks of a zone show it twice or never, and these are what can be meant.
    case notOnce(String, isNever: Bool, [Instant], in: TimeZoneRules)

    /// What was found and what is expected.
    public var description: String {
        switch self {
        case .noInstant(let text, _, _): "found \(Diagnostic.quoted(text)), \(expected)"
        case .notOnce(let text, let isNever, _, let zone):
            "found \(Diagnostic.quoted(text)), which clocks in \(zone.name) show \(isNever ? "never" : "twice"): "
                + expected
        }
    }

    /// What is expected, with one that is right.
    public var expected: String {
        switch self {
        case .noInstant(let text, let now, let zone):
            let shown = RFC3339.text(Instant(milliseconds: now.milliseconds / 60_000 * 60_000), in: zone)
            let (date, time) = (shown.prefix(10), shown.dropFirst(11).prefix(5))
            return "expected an instant, as \(shown), or by the clock as \"\(date) \(time)\", \"yesterday \(time)\", "
                + "\(time), now, \"2h ago\"" + InstantText.hint(on: text)
        case .notOnce(_, _, let readings, let zone):
            return "expected " + readings.map { RFC3339.text($0, in: zone) }.joined(separator: " or ")
        }
    }
}
