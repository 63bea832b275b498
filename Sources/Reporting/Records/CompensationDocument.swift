import SLA

/// What is due for a month by service and customer, as `availd compensation list` shows it (clause 7).
public struct CompensationDocument: Document {
    private let report: MonthlyReport
    private let settlements: Settlements
    private let catalog: Catalog
    private let zone: TimeZoneRules

    /// What `report` makes due; `negotiations` are all that were recorded, for the history.
    public init(_ report: MonthlyReport, settlements: Settlements) {
        self.report = report
        self.settlements = report.month.map { settlements.known(of: $0, asOf: report.asOf) } ?? Settlements()
        zone = report.agreement.calendar.zone
        catalog = Catalog(
            agreement: report.agreement, customers: report.customers, services: report.figures.map(\.service))
    }

    private var currency: String? { report.agreement.compensation.currency }

    private var isOver: Bool { report.asOf >= report.reported.interval(in: report.agreement.calendar).end }

    // MARK: - For spreadsheets

    /// A row for each service with something due, to be settled or to be agreed, and behind them one for each customer
    /// and one for all.
    public var csv: String {
        CSVWriter.table(
            [
                "row", "month", "customer", "service", "availability_percent", "verdict", "certainty", "credit_percent",
                "price", "paid_amount", "cap_amount", "computed_amount", "to_settle_from_amount", "to_settle_to_amount",
                "negotiated_amount", "claimed_amount", "due_amount",
                "currency", "negotiated_by", "negotiated_at", "reason", "as_of",
            ],
            report.compensation.flatMap { entry in
                entry.figures.map(row) + [row("customer", entry.customer, entry.sums)]
            } + [row("all", "", report.compensationSums)])
    }

    private func row(_ figures: MonthFigures) -> [String] {
        let (credit, negotiation) = (figures.credit, figures.credit?.negotiation)
        return [
            "service", report.reported.description, figures.service.customer, figures.service.id,
            figures.availability?.percentText ?? "", figures.verdict.rawValue, figures.certainty?.rawValue ?? "",
            ReportRow.creditPercent(credit).shown, figures.service.price?.description ?? "", credit?.paid?.text ?? "",
            credit?.cap?.text ?? "", credit?.computed?.text ?? "", credit?.toSettle?.from.amount?.text ?? "",
            credit?.toSettle?.to.amount?.text ?? "", negotiation?.amount?.description ?? "", claimed(credit) ?? "",
            credit?.due?.text ?? "",
            currency ?? "", negotiation?.recordedBy ?? "", negotiation.map { text($0.recordedAt) } ?? "",
            negotiation?.reason ?? "", text(report.asOf),
        ]
    }

    private func row(_ kind: String, _ customer: String, _ sums: CompensationSums) -> [String] {
        [
            kind, report.reported.description, customer, "", "", "", "", "", "", "", "", sums.computed.text,
            sums.toSettleFrom.text, sums.toSettleTo.text, sums.negotiated.text, sums.claimed.text, sums.due.text,
            currency ?? "", "", "",
            "", text(report.asOf),
        ]
    }

    // MARK: - For people

    /// A table with a total for each customer and one for all, and below it what was agreed.
    public var text: String {
        let head = "\(report.reported), as of \(text(report.asOf)) (\(zone.name))\n\n"
        if !isOver { return head + "Nothing is due before the month has ended.\n" + history }
        if report.compensation.isEmpty { return head + "Nothing is due.\n" + history }
        var table = TextTable([
            ("CUSTOMER", .left), ("SERVICE", .left), ("AVAILABILITY", .right), ("VERDICT", .left), ("MEASURED", .left),
            ("TIER", .right),
            ("PAID", .right), ("CAP", .right), ("COMPUTED", .right), ("TO SETTLE", .right), ("NEGOTIATED", .right),
            ("CLAIMED", .right),
            ("TO PAY", .right),
        ])
        for entry in report.compensation {
            for figures in entry.figures { table.add(cells(figures)) }
            table.add(cells(entry.customer, "total", entry.sums))
        }
        table.add(cells("all", "total", report.compensationSums))
        return head + table.text + history
    }

    private func cells(_ figures: MonthFigures) -> [String] {
        let credit = figures.credit
        let percent = ReportRow.creditPercent(credit)
        return [
            figures.service.customer, figures.service.id, ReportText.percent(figures.availability),
            ReportText.verdict(figures), MeasuredText.share(figures),
            percent.shown + (percent == .text("negotiate") || percent == .none ? "" : " %"),
            shown(credit?.paid?.text), shown(credit?.cap?.text), shown(credit?.computed?.text),
            credit?.toSettle.map { CreditText.text($0, in: nil) } ?? "-",
            shown(credit?.negotiation?.amount?.description), shown(claimed(credit)),
            credit?.due.map { AmountText.shown($0.text, in: currency) } ?? (credit?.toSettle == nil ? "open" : "-"),
        ]
    }

    private func cells(_ customer: String, _ name: String, _ sums: CompensationSums) -> [String] {
        let range = "\(AmountText.shown(sums.toSettleFrom.text)) to \(AmountText.shown(sums.toSettleTo.text))"
        return [
            customer, name, "", "", "", "", "", "", AmountText.shown(sums.computed.text),
            sums.toSettle == 0 ? "-" : range,
            AmountText.shown(sums.negotiated.text), AmountText.shown(sums.claimed.text),
            AmountText.shown(sums.due.text, in: currency) + (sums.open > 0 ? " and \(sums.open) open" : ""),
        ]
    }

    private var history: String {
        let lines = SettlementDocument.history(settlements, under: report.agreement)
        return lines.isEmpty ? "" : "\nOn record:\n" + lines
    }

    /// The sum of the settled claims, where they stand over the rest.
    private func claimed(_ credit: Credit?) -> String? { credit?.claims.isEmpty == false ? credit?.due?.text : nil }

    private func shown(_ amount: String?) -> String { amount.map { AmountText.shown($0) } ?? "-" }

    // MARK: - For programs

    /// The same, with everything on record.
    public var json: JSONObject {
        JSONObject(
            "compensation",
            [
                "month": .text(report.reported.description), "as_of": .instant(report.asOf, zone),
                "currency": JSONValue(currency),
                "cap_months": .number("\(report.agreement.compensation.capMonths)"),
                "has_ended": .flag(isOver),
                "customers": .list(
                    report.compensation.map { entry in
                        var members = self.members(entry.sums)
                        members["customer"] = .text(entry.customer)
                        members["services"] = .list(entry.figures.map(service))
                        return .object(members)
                    }),
                "overall": .object(members(report.compensationSums)),
            ].merging(SettlementDocument.members(settlements, in: catalog)) { own, _ in own })
    }

    private func members(_ sums: CompensationSums) -> [String: JSONValue] {
        [
            "total_amount": .number(sums.due.text), "computed_amount": .number(sums.computed.text),
            "negotiated_amount": .number(sums.negotiated.text), "claimed_amount": .number(sums.claimed.text),
            "open": .number("\(sums.open)"),
            "to_settle": .object([
                "services": .number("\(sums.toSettle)"), "from_amount": .number(sums.toSettleFrom.text),
                "to_amount": .number(sums.toSettleTo.text),
            ]),
        ]
    }

    private func service(_ figures: MonthFigures) -> JSONValue {
        let credit = figures.credit
        let members: [String: JSONValue] = [
            "service": .text(figures.service.id), "verdict": .text(figures.verdict.rawValue),
            "certainty": JSONValue(figures.certainty?.rawValue),
            "availability_percent": JSONValue(number: figures.availability?.percentText),
            "price": JSONValue(number: figures.service.price?.description),
            "credit_percent": JSONValue(ReportRow.creditPercent(credit)),
            "paid_amount": JSONValue(number: credit?.paid?.text), "range": CreditText.json(credit?.toSettle),
            "cap_amount": JSONValue(number: credit?.cap?.text),
            "computed_amount": JSONValue(number: credit?.computed?.text),
            "negotiated": credit?.negotiation.map { .object(ReportJSON.negotiation($0, in: zone)) } ?? .null,
            "claimed_amount": JSONValue(number: claimed(credit)),
            "settled_claims": .list((credit?.claims ?? []).map { .text($0.id) }),
            "due_amount": JSONValue(number: credit?.due?.text),
        ]
        return .object(members.merging(MeasuredText.members(figures, in: zone)) { own, _ in own })
    }

    private func text(_ instant: Instant) -> String { RFC3339.text(instant, in: zone) }
}
