import SLA

/// A line of a dated scenario, read word by word; what follows the first `: ` is a remark.
package struct ScenarioLine {
    /// The line as it is written.
    package let text: String
    private var words: ArraySlice<String>
    private var note: String?

    package init(_ text: some StringProtocol) {
        let line = String(text)
        self.text = line
        var head = line[...]
        let colon = line.indices.first { line[$0] == ":" && (line[$0...].dropFirst().first ?? " ") == " " }
        if let colon {
            head = line[..<colon]
            note = String(line[colon...].dropFirst().drop { $0 == " " })
        }
        words = head.split(separator: " ").map(String.init)[...]
    }

    package var mistake: Scenario.Mistake { Scenario.Mistake(line: text) }

    /// Whether no word is left.
    package var isAtEnd: Bool { words.isEmpty }

    /// The next word.
    package mutating func word() throws -> String {
        guard let word = words.popFirst() else { throw mistake }
        return word
    }

    /// The next word, if there is one and `isWanted`.
    package mutating func word(if isWanted: (String) -> Bool) -> String? {
        guard let word = words.first, isWanted(word) else { return nil }
        words.removeFirst()
        return word
    }

    /// Whether the next word is `keyword`, which is then taken.
    package mutating func take(_ keyword: String) -> Bool { word { $0 == keyword } != nil }

    /// Takes `keyword`, which must be next.
    package mutating func expect(_ keyword: String) throws {
        guard take(keyword) else { throw mistake }
    }

    /// The words up to `keyword`, which is not taken, or up to the end.
    package mutating func words(until keywords: String...) -> [String] {
        var taken: [String] = []
        while let word = word(if: { !keywords.contains($0) }) { taken.append(word) }
        return taken
    }

    /// What is said after the colon.
    package mutating func remark() throws -> String {
        guard let note else { throw mistake }
        self.note = nil
        return note
    }

    /// `value`, which must be there.
    package func required<T>(_ value: T?) throws -> T {
        guard let value else { throw mistake }
        return value
    }

    package mutating func duration() throws -> Milliseconds {
        let word = try word()
        let length = try required(DurationText.duration(word.hasPrefix("-") ? String(word.dropFirst()) : word))
        return word.hasPrefix("-") ? -length : length
    }

    /// An instant: a date; a date and what the clocks show, `2026-10-05 10:00[:00.001]`; or one of RFC 3339.
    package mutating func instant(in calendar: CivilCalendar) throws -> Instant {
        let first = try word()
        if let instant = RFC3339.instant(first) { return instant }
        let date = try required(CivilDate(first))
        guard let clock = word(if: { $0.contains(":") }) else { return calendar.start(of: date) }
        guard clock.count > 5 else { return calendar.instant(date, try required(WallTime(clock))) }
        // RFC 3339 knows how to read a second's parts.
        let inUTC = try required(RFC3339.instant("\(date)T\(clock)Z"))
        let time = try required(WallTime(clock.prefix(5)))
        let minute = Int64(date.daysSinceEpoch) * 86_400_000 + Int64(time.minutes) * 60_000
        return calendar.instant(date, time) + (inUTC.milliseconds - minute)
    }

    /// `FROM to TO`; `-` is without end.
    package mutating func interval(in calendar: CivilCalendar) throws -> Interval {
        let start = try instant(in: calendar)
        try expect("to")
        let end = take("-") ? Instant.distantFuture : try instant(in: calendar)
        return try required(Interval(start, end))
    }

    /// Nothing may be left: what is not understood is a mistake.
    package func end() throws {
        guard words.isEmpty, note == nil else { throw mistake }
    }
}
