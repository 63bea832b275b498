import SLA

/// A file of `Scenarios/Notices`: maintenance as it was planned and announced, and what each customer's notice comes
/// to (clauses 3.1, 6.1, 6.2). The format is described in the folder's README.
package struct NoticeScenario {
    package let title: String
    /// The lines below `expect`, in a form that can be compared.
    package let expected: [String]
    /// The same, as the implementation has it.
    package let stated: [String]

    package init(_ text: String) throws {
        let scenario = try DatedScenario(text)
        title = scenario.title
        let calendar = try scenario.calendar()
        var (customers, services): ([Customer], [Service]) = ([], [])
        var (channels, lead) = (NoticeChannels(), NoticeLead())
        var (month, asOf): (CivilMonth?, Instant?)
        for setting in scenario.settings {
            var line = setting
            switch try line.word() {
            case "zone": _ = try line.word()
            case "month": month = CivilMonth(try line.word())
            case "as_of": asOf = try line.instant(in: calendar)
            case "channels":
                channels.everyone = Set(
                    try line.words().map { try line.required(NoticeChannel(rawValue: $0)) })
            case "lead":
                try line.expect("scheduled")
                lead.scheduled = try line.duration()
                try line.expect("emergency")
                lead.emergency = try line.duration()
            case "customer": customers.append(Customer(id: try line.word(), isVIP: line.take("vip")))
            case "service":
                let id = try line.word()
                try line.expect("of")
                let customer = try line.word()
                services.append(
                    Service(
                        id: id, customer: customer, groups: Set(line.take("in") ? line.words() : []),
                        paid: IntervalSet(Interval(.distantPast, .distantFuture)), checks: [Check(probe: .unrecorded)]))
            default: throw line.mistake
            }
            try line.end()
        }
        guard services.allSatisfy({ service in customers.contains { $0.id == service.customer } }),
            let month = month ?? CivilMonth("2026-10")
        else { throw Scenario.Mistake(line: "a customer or the month") }
        let agreement = Agreement(calendar: calendar, notice: lead, channels: channels)
        var story = NoticeStory(catalog: Catalog(agreement: agreement, customers: customers, services: services))
        for (at, fact) in try scenario.dated(in: calendar) { try story.take(fact, at: at) }
        let period = calendar.interval(of: month)
        let isUseNamed = scenario.expected.contains { Self.isUse($0) }
        expected = try scenario.expected.map { try Self.expectation($0, calendar) }.sorted()
        stated = story.stated(in: period, asOf: asOf ?? period.end, withUse: isUseNamed).sorted()
    }

    private static func isUse(_ line: ScenarioLine) -> Bool {
        MaintenanceKind.allCases.contains { line.text.hasPrefix($0.rawValue + " ") } || line.text == "none"
    }

    /// `M1.2026-10-05.acme FROM to TO VERDICT`, or `emergency 1 window 2h`.
    private static func expectation(_ given: ScenarioLine, _ calendar: CivilCalendar) throws -> String {
        var line = given
        if isUse(given) { return given.text }
        let id = try line.word()
        let interval = try line.interval(in: calendar)
        let verdict = line.words().joined(separator: " ")
        let why = (try? line.remark()).map { ": " + $0 } ?? ""
        let kinds = ["admitted", "refused", "cancelled", "can still be announced"]
        guard kinds.contains(verdict), (verdict == "refused") == !why.isEmpty || verdict == kinds[3] else {
            throw given.mistake
        }
        try line.end()
        return NoticeStory.line(id, interval, verdict + why, calendar)
    }
}
