import SLA

/// The worst windows of a month as reports show them.
enum WindowReport {
    /// For programs: `[{window_s, availability_percent, down_s, from, to}]`.
    static func json(_ windows: [WorstWindow], in zone: TimeZoneRules) -> JSONValue {
        .list(
            windows.map { window in
                .object([
                    "window_s": .number("\(window.length / 1000)"),
                    "availability_percent": JSONValue(number: window.availability?.percentText),
                    "down_s": .number(DurationText.seconds(window.down)),
                    "from": .instant(window.interval.start, zone),
                    "to": .instant(window.interval.end, zone),
                ])
            })
    }

    /// For programs: a customer's services together, or everybody's.
    static func json(_ figures: CombinedFigures, in zone: TimeZoneRules) -> JSONValue {
        var members: [String: JSONValue] = [
            "services": .number("\(figures.services)"),
            "availability_percent": JSONValue(number: figures.availability?.percentText),
            "committed_s": .number(DurationText.seconds(figures.committed)),
            "available_s": .number(DurationText.seconds(figures.available)),
            "down_s": .number(DurationText.seconds(figures.down)),
            "windows": json(figures.windows, in: zone),
        ]
        if let customer = figures.customer { members["customer"] = .text(customer) }
        return .object(members)
    }

    /// For people: a line for each service, each customer and all together, a column for each length.
    static func text(of report: MonthlyReport) -> String {
        var table = TextTable(
            [("WORST WINDOW OF", .left), (report.month == nil ? "PERIOD" : "MONTH", .right)]
                + WorstWindow.lengths.map { (DurationText.spoken($0).uppercased(), .right) })
        var isEmpty = true
        func add(_ name: String, _ month: Ratio?, _ windows: [WorstWindow]) {
            guard month != nil else { return }
            isEmpty = false
            table.add([name, ReportText.percent(month)] + windows.map { ReportText.percent($0.availability) })
        }
        for figures in report.figures {
            add(
                figures.service.id, figures.availability,
                WorstWindow.all(
                    of: [figures.partition], in: figures.period.past(in: report.agreement.calendar, asOf: report.asOf)))
        }
        let customers = report.byCustomer
        for customer in customers where customer.services > 1 {
            add("all of \(customer.customer ?? "")", customer.availability, customer.windows)
        }
        if customers.count > 1 {
            let overall = report.overall
            add("all services", overall.availability, overall.windows)
        }
        return isEmpty ? "" : "\n" + table.text
    }
}
