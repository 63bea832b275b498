import SLA

/// Where running months are heading, as reports show it.
enum ForecastReport {
    /// For programs.
    static func json(_ forecast: Forecast, in zone: TimeZoneRules) -> JSONValue {
        let budget = forecast.budget
        var members: [String: JSONValue] = [
            "budget_allowed_s": .number(DurationText.seconds(budget.allowed)),
            "budget_spent_s": .number(DurationText.seconds(budget.spent)),
            "budget_remaining_s": .number(DurationText.signedSeconds(budget.remaining)),
            "budget_consumed_percent": JSONValue(number: budget.consumed?.percentText),
            "best_availability_percent": JSONValue(number: forecast.best?.percentText),
            "budget_used_up_at": .instant(nil, zone),
        ]
        switch forecast.exhaustion {
        case .past: members["budget_used_up"] = .text("already")
        case .never: members["budget_used_up"] = .text("never")
        case .at(let instant):
            members["budget_used_up"] = .text("expected")
            members["budget_used_up_at"] = .instant(instant, zone)
        }
        return .object(members)
    }

    /// For people: a line for each service whose month still runs; nothing where it is over.
    static func text(of report: MonthlyReport) -> String {
        let zone = report.agreement.calendar.zone
        let running = zip(report.figures, report.forecasts).compactMap { figures, forecast in
            forecast.map { (figures, $0) }
        }
        guard !running.isEmpty else { return "" }
        var table = TextTable([
            ("BUDGET OF", .left), ("ALLOWED", .right), ("SPENT", .right), ("LEFT", .right), ("USED UP", .left),
            ("AT BEST", .right),
        ])
        for (figures, forecast) in running {
            let budget = forecast.budget
            table.add([
                figures.service.id, DurationText.spoken(budget.allowed), DurationText.spoken(budget.spent),
                (budget.remaining < 0 ? "-" : "") + DurationText.spoken(budget.remaining),
                usedUp(forecast.exhaustion, in: zone), ReportText.percent(forecast.best),
            ])
        }
        return "\n" + table.text
    }

    private static func usedUp(_ exhaustion: Forecast.Exhaustion, in zone: TimeZoneRules) -> String {
        switch exhaustion {
        case .past: "already"
        case .never: "not this month"
        case .at(let instant): RFC3339.text(instant, in: zone)
        }
    }
}
