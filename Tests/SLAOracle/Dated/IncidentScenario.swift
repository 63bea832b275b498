import SLA
import Wording

/// A file of `Scenarios/Incidents`: outages and what people did about them, and what the incidents must come to
/// (clauses W1–W3, M1–M3, 5). The format is described in the folder's README.
package struct IncidentScenario {
    package let title: String
    /// What is compared, by name: of each incident that is spoken of, `I1 deadline` and the like.
    package let expected: [String: String]
    /// The same, as the implementation has it.
    package let stated: [String: String]

    /// Compared only where a scenario names them.
    private static let optional: Set = ["opened", "acknowledged", "recovered", "warned_from", "office"]
    private static let always: Set = [
        "services", "allowed", "deadline", "elapsed", "in_time", "class", "clauses", "chargeable", "outcome", "advice",
    ]

    package init(_ text: String) throws {
        let scenario = try DatedScenario(text)
        title = scenario.title
        let calendar = try scenario.calendar()
        var handling = HandlingDeadline()
        var services: [Service] = []
        for setting in scenario.settings {
            var line = setting
            switch try line.word() {
            case "zone": _ = try line.word()
            case "within": handling.within = try line.duration()
            case "rest_day": handling.restDay = try line.duration()
            case "rest_days":
                handling.restDays = Set(try line.words().map { try line.required(Weekday(rawValue: $0)) })
            case "service": services.append(try Self.service(&line))
            default: throw line.mistake
            }
            try line.end()
        }
        let agreement = Agreement(calendar: calendar, handling: handling)
        var story = IncidentStory(catalog: Catalog(agreement: agreement, customers: [], services: services))
        for (at, fact) in try scenario.dated(in: calendar) { try story.take(fact, at: at) }
        expected = try Self.expectation(scenario.expected, calendar)
        stated = Self.stated(by: story, for: expected)
    }

    /// `web of acme in rack-3 hall`.
    private static func service(_ line: inout ScenarioLine) throws -> Service {
        let id = try line.word()
        try line.expect("of")
        let customer = try line.word()
        let groups = line.take("in") ? line.words() : []
        return Service(
            id: id, customer: customer, groups: Set(groups), paid: IntervalSet(Interval(.distantPast, .distantFuture)),
            checks: [Check(probe: .unrecorded)])
    }

    private static func expectation(_ lines: [ScenarioLine], _ calendar: CivilCalendar) throws -> [String: String] {
        var expected = ["incidents": "1"]
        for given in lines {
            var line = given
            let incident = line.word { $0.hasPrefix("I") } ?? "I1"
            let name = try line.word()
            switch name {
            case "incidents": expected[name] = try line.word()
            case "refused": expected[name, default: ""] += try line.remark() + "\n"
            case "said":
                let at = try line.instant(in: calendar)
                expected[name, default: ""] +=
                    "\(RFC3339.text(at, in: calendar.zone)) \(try line.word()) \(try line.word())\n"
            case "told":
                let customer = try line.word()
                let told = line.words()
                expected["\(incident) told \(customer)"] =
                    told == ["nothing"] ? "nothing" : "\(told.joined(separator: " ")): \(try line.remark())"
            case "allowed", "elapsed": expected["\(incident) \(name)"] = DurationText.seconds(try line.duration())
            case "deadline", "opened", "acknowledged", "recovered", "warned_from":
                expected["\(incident) \(name)"] = RFC3339.text(try line.instant(in: calendar), in: calendar.zone)
            case "advice": expected["\(incident) \(name)"] = try line.remark()
            case _ where always.contains(name) || optional.contains(name):
                expected["\(incident) \(name)"] = line.words().joined(separator: " ")
            default: throw line.mistake
            }
            try line.end()
        }
        return expected
    }

    private static func stated(by story: IncidentStory, for expected: [String: String]) -> [String: String] {
        var stated = ["incidents": "\(story.incidents.count)"]
        if !story.said.isEmpty { stated["said"] = story.said.map { $0 + "\n" }.joined() }
        if !story.refused.isEmpty { stated["refused"] = story.refused.map { $0 + "\n" }.joined() }
        for incident in story.incidents {
            let prefix = incident.id + " "
            let isNamed = incident.number == 1 || expected.keys.contains { $0.hasPrefix(prefix) }
            guard isNamed else { continue }
            for (name, value) in story.figures(of: incident)
            where always.contains(name) || expected[prefix + name] != nil { stated[prefix + name] = value }
            for name in expected.keys where name.hasPrefix(prefix + "told ") {
                stated[name] = told(String(name.dropFirst(prefix.count + 5)), of: incident)
            }
        }
        return stated
    }

    /// What `customer` may read of `incident` (clause 5).
    private static func told(_ customer: String, of incident: Incident) -> String {
        let own = incident.services(of: customer).map(\.service)
        return own.isEmpty
            ? "nothing" : "\(own.joined(separator: " ")): \(incident.cause(for: customer)?.english ?? "")"
    }
}
