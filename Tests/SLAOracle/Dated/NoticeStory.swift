import SLA

/// Maintenance as it is planned, announced, extended and cancelled, line by line.
struct NoticeStory {
    private let catalog: Catalog
    private var record = MaintenanceRecord()

    private var calendar: CivilCalendar { catalog.agreement.calendar }

    init(catalog: Catalog) {
        self.catalog = catalog
    }

    /// Takes a fact, of which the date has been read.
    mutating func take(_ fact: ScenarioLine, at instant: Instant) throws {
        var fact = fact
        switch try fact.word() {
        case "planned": record.plans.append(try plan(&fact, at: instant))
        case "announced": try announce(&fact, at: instant)
        case "cancelled":
            let (plan, date) = try window(&fact)
            record.cancellations.append(
                MaintenanceCancellation(plan: plan, date: date, at: instant, by: "lan", reason: try fact.remark()))
        case "extended":
            let (plan, date) = try window(&fact)
            try fact.expect("until")
            let until = try fact.instant(in: calendar)
            record.extensions.append(
                MaintenanceExtension(
                    plan: plan, number: record.extensions.count { $0.plan == plan } + 1, date: try fact.required(date),
                    until: until, at: instant, by: "lan", reason: try fact.remark()))
        default: throw fact.mistake
        }
        try fact.end()
    }

    /// `scheduled for group:rack-3 from A to B: why` or `… every sunday 02:00 to 04:00 since D until D except D: why`.
    private func plan(_ fact: inout ScenarioLine, at instant: Instant) throws -> MaintenancePlan {
        let kind = try fact.required(MaintenanceKind(rawValue: try fact.word()))
        try fact.expect("for")
        let scope = try fact.words(until: "from", "every").map { try fact.required(ScopeTerm($0)) }
        guard !scope.isEmpty else { throw fact.mistake }
        return MaintenancePlan(
            number: record.plans.count + 1, kind: kind, scope: scope, recurrence: try recurrence(&fact),
            reason: try fact.remark(), plannedAt: instant, plannedBy: "lan")
    }

    private func recurrence(_ fact: inout ScenarioLine) throws -> Recurrence {
        if fact.take("from") { return .once(try fact.interval(in: calendar)) }
        try fact.expect("every")
        var days: [String] = []
        while let word = fact.word(if: { !$0.contains(":") }) { days.append(word) }
        let start = try fact.required(WallTime(try fact.word()))
        try fact.expect("to")
        let end = try fact.required(WallTime(try fact.word()))
        try fact.expect("since")
        let first = try fact.required(CivilDate(try fact.word()))
        let last = fact.take("until") ? try fact.required(CivilDate(try fact.word())) : nil
        let left = fact.take("except") ? try fact.words().map { try fact.required(CivilDate($0)) } : []
        return .series(
            WindowSeries(
                days: try fact.required(RecurringDays(days.joined(separator: " "))), start: start, end: end,
                first: first, last: last, exceptions: Set(left)))
    }

    /// `by email to acme about M1.x1 recorded D without evidence`; `by every channel` is all that its customers must be told by.
    private mutating func announce(_ fact: inout ScenarioLine, at instant: Instant) throws {
        try fact.expect("by")
        let word = try fact.word()
        if word == "every" { try fact.expect("channel") }
        let customer = fact.take("to") ? try fact.word() : nil
        let subject = fact.take("about") ? try fact.required(NoticeSubject(try fact.word())) : .plan(1)
        let recordedAt = fact.take("recorded") ? try fact.instant(in: calendar) : instant
        let isUnproven = fact.take("without")
        if isUnproven { try fact.expect("evidence") }
        guard let plan = record.plan(subject.plan), recordedAt >= instant else { throw fact.mistake }
        let affected = plan.affected(of: catalog).map(\.customer)
        if let customer, !affected.contains(where: { $0.id == customer }) { throw fact.mistake }
        func deliver(_ channel: NoticeChannel, to customer: String?) {
            record.deliveries.append(
                NoticeDelivery(
                    subject: subject, customer: channel.isPublic ? nil : customer, channel: channel, at: instant,
                    recordedAt: recordedAt, by: "lan", answer: isUnproven ? "" : "250 OK"))
        }
        if word == "every" {
            for told in affected where customer == nil || told.id == customer {
                for channel in catalog.agreement.channels.required(for: told) { deliver(channel, to: told.id) }
            }
            return
        }
        let channel = try fact.required(NoticeChannel(rawValue: word))
        guard channel.isPublic == (customer == nil) else { throw fact.mistake }
        deliver(channel, to: customer)
    }

    private func window(_ fact: inout ScenarioLine) throws -> (plan: Int, date: CivilDate?) {
        switch try fact.required(NoticeSubject(try fact.word())) {
        case .plan(let plan): (plan, nil)
        case .window(let plan, let date): (plan, date)
        case .extension: throw fact.mistake
        }
    }

    /// What the windows of `period` come to, a line for each segment and customer; `none` where there are none.
    func stated(in period: Interval, asOf: Instant, withUse: Bool) -> [String] {
        let claims = record.claims(overlapping: period, catalog: catalog, asOf: asOf)
        var lines = claims.map { claim in
            Self.line(claim.exclusion.id, claim.exclusion.interval, verdict(on: claim, at: asOf), calendar)
        }
        if lines.isEmpty { lines = ["none"] }
        guard withUse, !claims.isEmpty else { return lines }
        let use = MaintenanceUsage(of: claims.map(\.exclusion), in: period, asOf: asOf)
        for (name, set) in [("scheduled", use.scheduled), ("emergency", use.emergency)] where !set.isEmpty {
            lines.append("\(name) \(set.intervals.count) times, \(DurationText.spoken(set.length))")
        }
        return lines
    }

    private func verdict(on claim: MaintenanceClaim, at asOf: Instant) -> String {
        let missing = claim.missing.map(\.rawValue).joined(separator: ", ")
        if !claim.exclusion.isInForce(asOf: asOf) { return "cancelled" }
        if let refusal = claim.refusal(under: catalog.agreement, at: asOf) {
            return "refused: \(refusal)" + (missing.isEmpty ? "" : ", missing \(missing)")
        }
        return missing.isEmpty ? "admitted" : "can still be announced: missing \(missing)"
    }

    static func line(_ id: String, _ interval: Interval, _ verdict: String, _ calendar: CivilCalendar) -> String {
        let ends = [interval.start, interval.end].map { RFC3339.text($0, in: calendar.zone) }
        return "\(id) \(ends[0]) to \(ends[1]) \(verdict)"
    }
}
