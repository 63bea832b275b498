import SLA

/// What is due for a month by service and customer, as `availd compensation list` shows it (clause 7).
public struct CompensationDocument: Document {
    private let report: MonthlyReport
    private let negotiations: [Negotiation]
    private let zone: TimeZoneRules

    /// What `report` makes due; `negotiations` are all that were recorded, for the history.
    public init(_ report: MonthlyReport, negotiations: [Negotiation]) {
        self.report = report
        self.negotiations = negotiations.filter { $0.month == report.month && $0.recordedAt <= report.asOf }
        zone = report.agreement.calendar.zone
    }

    private var currency: String? { report.agreement.compensation.currency }

    // MARK: - For spreadsheets

    /// A row for each service with something due.
    public var csv: String {
        CSVWriter.record([
            "month", "customer", "service", "availability_percent", "verdict", "credit_percent", "price", "cap_amount",
            "computed_amount", "negotiated_amount", "due_amount", "currency", "negotiated_by", "negotiated_at",
            "reason",
            "as_of",
        ])
            + report.compensation.flatMap { entry in
                entry.figures.map { figures in
                    let (credit, negotiation) = (figures.credit, figures.credit?.negotiation)
                    return CSVWriter.record([
                        report.month.description, entry.customer, figures.service.id,
                        figures.availability?.percentText ?? "", figures.verdict.rawValue, percent(credit),
                        figures.service.price?.description ?? "", credit?.cap?.text ?? "",
                        credit?.computed?.text ?? "", negotiation?.amount?.description ?? "", credit?.due?.text ?? "",
                        currency ?? "", negotiation?.recordedBy ?? "", negotiation.map { text($0.recordedAt) } ?? "",
                        negotiation?.reason ?? "", text(report.asOf),
                    ])
                }
            }.joined()
    }

    // MARK: - For people

    /// A table with a total for each customer, and below it what was agreed.
    public var text: String {
        let head = "\(report.month), as of \(text(report.asOf)) (\(zone.name))\n\n"
        if report.compensation.isEmpty { return head + "Nothing is due.\n" }
        var table = TextTable([
            ("CUSTOMER", .left), ("SERVICE", .left), ("AVAILABILITY", .right), ("VERDICT", .left), ("TIER", .right),
            ("PRICE", .right), ("CAP", .right), ("COMPUTED", .right), ("NEGOTIATED", .right), ("TO PAY", .right),
        ])
        for entry in report.compensation {
            for figures in entry.figures { table.add(cells(figures)) }
            let total =
                AmountText.shown(entry.total.text, in: currency) + (entry.open > 0 ? " and \(entry.open) open" : "")
            table.add([entry.customer, "total", "", "", "", "", "", "", "", total])
        }
        return head + table.text + history
    }

    private func cells(_ figures: MonthFigures) -> [String] {
        let credit = figures.credit
        return [
            figures.service.customer, figures.service.id, ReportText.percent(figures.availability),
            ReportText.verdict(figures), percent(credit) + (credit?.basis == .negotiate ? "" : " %"),
            shown(figures.service.price?.description), shown(credit?.cap?.text), shown(credit?.computed?.text),
            shown(credit?.negotiation?.amount?.description),
            credit?.due.map { AmountText.shown($0.text, in: currency) } ?? "open",
        ]
    }

    private var history: String {
        if negotiations.isEmpty { return "" }
        let lines = negotiations.map { record in
            let what =
                record.amount.map { "\(AmountText.shown($0.description, in: currency)) agreed" }
                ?? "agreement withdrawn"
            return "  \(text(record.recordedAt)) \(record.service): \(what) by \(record.recordedBy): \(record.reason)\n"
        }
        return "\nOn record:\n" + lines.joined()
    }

    private func shown(_ amount: String?) -> String { amount.map { AmountText.shown($0) } ?? "-" }

    /// The tier's share of the price, or that it is by agreement.
    private func percent(_ credit: Credit?) -> String {
        switch credit?.basis {
        case .tier(let percent): percent.description
        case .negotiate: "negotiate"
        case nil: ""
        }
    }

    // MARK: - For programs

    /// The same, with everything on record.
    public var json: JSONObject {
        JSONObject(
            "compensation",
            [
                "month": .text(report.month.description), "as_of": .instant(report.asOf, zone),
                "currency": JSONValue(currency),
                "cap_months": .number("\(report.agreement.compensation.capMonths)"),
                "customers": .list(
                    report.compensation.map { entry in
                        .object([
                            "customer": .text(entry.customer), "total_amount": .number(entry.total.text),
                            "open": .number("\(entry.open)"), "services": .list(entry.figures.map(service)),
                        ])
                    }),
                "records": .list(
                    negotiations.map { record in
                        guard case .object(var members) = ReportJSON.negotiation(record, in: zone) else { return .null }
                        members["service"] = .text(record.service)
                        return .object(members)
                    }),
            ])
    }

    private func service(_ figures: MonthFigures) -> JSONValue {
        let credit = figures.credit
        return .object([
            "service": .text(figures.service.id), "verdict": .text(figures.verdict.rawValue),
            "certainty": JSONValue(figures.certainty?.rawValue),
            "availability_percent": JSONValue(number: figures.availability?.percentText),
            "price": JSONValue(number: figures.service.price?.description),
            "credit_percent": credit?.basis == .negotiate ? .text("negotiate") : .number(percent(credit)),
            "cap_amount": JSONValue(number: credit?.cap?.text),
            "computed_amount": JSONValue(number: credit?.computed?.text),
            "negotiated": credit?.negotiation.map { ReportJSON.negotiation($0, in: zone) } ?? .null,
            "due_amount": JSONValue(number: credit?.due?.text),
        ])
    }

    private func text(_ instant: Instant) -> String { RFC3339.text(instant, in: zone) }
}
