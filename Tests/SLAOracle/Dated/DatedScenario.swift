import SLA

/// What every dated scenario has: a title, settings, facts in the order of time, and what they must come to.
package struct DatedScenario {
    package let title: String
    /// The lines that do not begin with a date.
    package let settings: [ScenarioLine]
    /// The lines that begin with a date; the date is still to be read.
    package let facts: [ScenarioLine]
    package let expected: [ScenarioLine]

    package init(_ text: String) throws {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(ScenarioLine.init)
        guard let end = lines.firstIndex(where: { $0.text == "expect" }), end > 0, end + 1 < lines.count else {
            throw Scenario.Mistake(line: "expect")
        }
        title = lines[0].text
        expected = Array(lines[(end + 1)...])
        let given = lines[1..<end]
        facts = given.filter(Self.isDated)
        settings = given.filter { !Self.isDated($0) }
    }

    private static func isDated(_ line: ScenarioLine) -> Bool { CivilDate(line.text.prefix(10)) != nil }

    /// The calendar of the setting `zone`; Hanoi's unless given.
    package func calendar() throws -> CivilCalendar {
        let given = settings.filter { $0.text.hasPrefix("zone ") }
        guard given.count < 2 else { throw given[1].mistake }
        let name = given.first.map { String($0.text.dropFirst(5)) } ?? ZoneTable.hoChiMinh.name
        guard let zone = ZoneTable.all.first(where: { $0.name == name }) else {
            throw Scenario.Mistake(line: "zone \(name)")
        }
        return CivilCalendar(zone: zone.rules)
    }

    /// The facts with their instants, which must not go back.
    package func dated(in calendar: CivilCalendar) throws -> [(at: Instant, fact: ScenarioLine)] {
        var result: [(at: Instant, fact: ScenarioLine)] = []
        for line in facts {
            var fact = line
            let at = try fact.instant(in: calendar)
            if let before = result.last, at < before.at { throw line.mistake }
            result.append((at, fact))
        }
        return result
    }
}
