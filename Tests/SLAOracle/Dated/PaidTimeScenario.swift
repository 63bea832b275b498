import SLA

/// A file of `Scenarios/PaidTime`: what became known of one service's paid time, and what a month is counted by
/// (clauses 1, 2). The format is described in the folder's README.
package struct PaidTimeScenario {
    package let title: String
    /// The lines below `expect`, in a form that can be compared.
    package let expected: [String]
    /// The same, as the implementation has it.
    package let stated: [String]

    package init(_ text: String) throws {
        let scenario = try DatedScenario(text)
        title = scenario.title
        let calendar = try scenario.calendar()
        var (month, asOf): (CivilMonth?, Instant?)
        for setting in scenario.settings {
            var line = setting
            switch try line.word() {
            case "zone": _ = try line.word()
            case "month": month = CivilMonth(try line.word())
            case "as_of": asOf = try line.instant(in: calendar)
            default: throw line.mistake
            }
            try line.end()
        }
        guard let month = month ?? CivilMonth("2026-10") else { throw Scenario.Mistake(line: "month") }
        let period = calendar.interval(of: month)
        var clerk = Clerk(calendar: calendar)
        for (at, fact) in try scenario.dated(in: calendar) { try clerk.take(fact, at: at) }
        expected = try scenario.expected.map { try Self.expectation($0, calendar) }.sorted()
        stated = Self.lines(of: clerk.history, period, asOf: asOf ?? period.end, calendar).sorted()
    }

    private static func expectation(_ given: ScenarioLine, _ calendar: CivilCalendar) throws -> String {
        var line = given
        let name = try line.word()
        let text: String =
            switch name {
            case "paid": span(try line.interval(in: calendar), calendar)
            case "committed": DurationText.spoken(try line.duration())
            case "customer": try line.word()
            case "price":
                try line.word() + (line.isAtEnd ? "" : " " + span(try line.interval(in: calendar), calendar))
            default: throw given.mistake
            }
        try line.end()
        return "\(name) \(text)"
    }

    private static func span(_ interval: Interval, _ calendar: CivilCalendar) -> String {
        "\(RFC3339.text(interval.start, in: calendar.zone)) to \(RFC3339.text(interval.end, in: calendar.zone))"
    }

    private static func lines(
        of history: ServiceHistory, _ period: Interval, asOf: Instant, _ calendar: CivilCalendar
    ) -> [String] {
        guard let service = history.service(in: period, asOf: asOf, calendar: calendar) else { return [] }
        let committed = service.paid.intersection(IntervalSet(Interval(period.start, min(period.end, asOf))))
        var lines = committed.intervals.map { "paid \(span($0, calendar))" }
        lines.append("committed \(DurationText.spoken(committed.length))")
        lines.append("customer \(service.customer)")
        if service.prices.isEmpty, let price = service.price { lines.append("price \(price)") }
        lines += service.prices.compactMap { term in
            guard let price = term.price, !committed.intersection(term.interval).isEmpty else { return nil }
            return "price \(price)" + (service.prices.count == 1 ? "" : " \(span(term.interval, calendar))")
        }
        return lines
    }

    /// Writes down what becomes known.
    private struct Clerk {
        let calendar: CivilCalendar
        private var records: [ServiceRecord] = []
        private var billed: [BilledTerms] = []
        private var withdrawals: [PaidWithdrawal] = []

        init(calendar: CivilCalendar) {
            self.calendar = calendar
        }

        var history: ServiceHistory { ServiceHistory(records: records, billed: billed, withdrawals: withdrawals) }

        mutating func take(_ fact: ScenarioLine, at instant: Instant) throws {
            var fact = fact
            switch try fact.word() {
            case "configured":
                let customer = fact.take("of") ? try fact.word() : "acme"
                let price = try price(&fact)
                try fact.expect("paid")
                let terms = try terms(&fact)
                let service = Service(
                    id: "web", customer: customer, price: price, paid: IntervalSet(terms.map(\.interval)),
                    checks: [Check(probe: .unrecorded)])
                records.append(
                    ServiceRecord(id: "web", service: service, recordedAt: instant, recordedBy: "daemon"))
            case "removed":
                records.append(ServiceRecord(id: "web", service: nil, recordedAt: instant, recordedBy: "daemon"))
            case "billed":
                billed.append(
                    BilledTerms(service: "web", terms: try terms(&fact), recordedAt: instant, recordedBy: "lan"))
            case "withdrawn":
                let (id, interval) = (try fact.word(), try fact.interval(in: calendar))
                withdrawals.append(
                    PaidWithdrawal(
                        id: id, service: "web", interval: interval, reason: try fact.remark(), recordedAt: instant,
                        recordedBy: "lan"))
            case "reinstated":
                let id = try fact.word()
                let index = try fact.required(withdrawals.firstIndex { $0.id == id })
                withdrawals[index].reinstatement = PaidWithdrawal.Reinstatement(
                    at: instant, by: "lan", reason: try fact.remark())
            default: throw fact.mistake
            }
            try fact.end()
        }

        /// `A to B price N and B to C price M`.
        private func terms(_ fact: inout ScenarioLine) throws -> [BilledTerm] {
            var terms: [BilledTerm] = []
            repeat {
                let interval = try fact.interval(in: calendar)
                terms.append(BilledTerm(interval: interval, price: try price(&fact)))
            } while fact.take("and")
            return terms
        }

        private func price(_ fact: inout ScenarioLine) throws -> ExactDecimal? {
            fact.take("price") ? try fact.required(ExactDecimal(try fact.word())) : nil
        }
    }
}
