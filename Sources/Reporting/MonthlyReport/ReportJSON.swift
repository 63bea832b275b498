import SLA

/// The monthly report for programs: the columns of the CSV under their names, and what a row has no room for.
enum ReportJSON {
    static func object(_ report: MonthlyReport, supposing hypothesis: Hypothesis? = nil) -> JSONObject {
        let zone = report.agreement.calendar.zone
        return JSONObject(
            "report",
            [
                "hypothetical": supposed(hypothesis),
                "month": .text(report.reported.description), "as_of": .instant(report.asOf, zone),
                "timezone": .text(zone.name),
                "objective_percent": .number(report.agreement.objective.description),
                "excluded_time": .text(report.agreement.excludedTime.rawValue),
                "services": .list(
                    zip(report.figures, report.forecasts).map { service($0, $1, in: report, hypothesis) }),
                "customers": .list(report.byCustomer.map { WindowReport.json($0, in: zone) }),
                "overall": WindowReport.json(report.overall, in: zone),
                "maintenance": maintenance(report.maintenance),
                "exclusions_not_admitted": .list(report.refused.map(refused)),
                "corrections": .list(
                    report.corrections.map { entry in
                        var members = CorrectionDocument.members(entry.correction, in: zone)
                        members["services"] = .list(entry.services.map(JSONValue.text))
                        return .object(members)
                    }),
            ])
    }

    private static func service(
        _ figures: MonthFigures, _ forecast: Forecast?, in report: MonthlyReport, _ hypothesis: Hypothesis?
    ) -> JSONValue {
        let zone = report.agreement.calendar.zone
        var members = ReportRow(figures, under: report.agreement).members
        members.merge(MeasuredText.members(figures, in: zone)) { own, _ in own }
        members["hypothetical"] = supposed(hypothesis)
        members["months"] = .list((report.months[figures.service.id] ?? []).map(outcome))
        members["outage_intervals"] = .list(figures.outages.map { interval($0, in: zone) })
        members["transient_intervals"] = .list(figures.transients.map { interval($0, in: zone) })
        members["exclusions_admitted"] = .list(figures.admitted.map { .text($0.id) })
        members["exclusions_not_excusing"] = UnexcusedReport.json(figures, in: zone)
        members["corrections_applied"] = .list(figures.corrections.map { .text($0.id) })
        members["without_own_corrections"] = CorrectionReport.json(figures.uncorrected)
        members["credit_range"] = CreditText.json(figures.credit?.toSettle)
        members["credit_computed_amount"] = JSONValue(number: figures.credit?.computed?.text)
        members["credit_cap_amount"] = JSONValue(number: figures.credit?.cap?.text)
        members["credit_negotiated"] = figures.credit?.negotiation.map { .object(negotiation($0, in: zone)) } ?? .null
        members["credit_claims"] = .list((figures.credit?.claims ?? []).map { .text($0.id) })
        members["windows"] = WindowReport.json(
            WorstWindow.all(
                of: [figures.partition], in: figures.period.past(in: report.agreement.calendar, asOf: report.asOf)),
            in: zone)
        members["forecast"] = forecast.map { ForecastReport.json($0, in: zone) } ?? .null
        return .object(members)
    }

    /// What is supposed; null where it is so.
    private static func supposed(_ hypothesis: Hypothesis?) -> JSONValue {
        hypothesis.map {
            .object([
                "without_facts": .list($0.without.map(JSONValue.text)),
                "with_files": .list($0.files.map(JSONValue.text)),
            ])
        } ?? .null
    }

    /// A month beside a longer time.
    private static func outcome(_ month: MonthOutcome) -> JSONValue {
        .object([
            "month": .text(month.month.description),
            "availability_percent": JSONValue(number: month.availability?.percentText),
            "availability_min_percent": JSONValue(number: month.availabilityMin?.percentText),
            "availability_max_percent": JSONValue(number: month.availabilityMax?.percentText),
            "verdict": .text(month.verdict.rawValue), "certainty": JSONValue(month.certainty?.rawValue),
        ])
    }

    /// How often maintenance was used (clause 6.2: an emergency is rare).
    private static func maintenance(_ use: MaintenanceUsage) -> JSONValue {
        .object([
            "scheduled_windows": .number("\(use.scheduled.intervals.count)"),
            "scheduled_s": .number(DurationText.seconds(use.scheduled.length)),
            "emergency_windows": .number("\(use.emergency.intervals.count)"),
            "emergency_s": .number(DurationText.seconds(use.emergency.length)),
            "emergency_share_percent": use.emergencyShare.map { .number($0.percentText) } ?? .null,
        ])
    }

    /// What was agreed, by whom and why.
    static func negotiation(_ negotiation: Negotiation, in zone: TimeZoneRules) -> [String: JSONValue] {
        [
            "amount": JSONValue(number: negotiation.amount?.description), "reason": .text(negotiation.reason),
            "recorded_at": .instant(negotiation.recordedAt, zone),
            "recorded_by": .text(negotiation.recordedBy),
        ]
    }

    private static func refused(_ entry: (refused: RefusedExclusion, services: [String])) -> JSONValue {
        var members = entry.refused.members
        members["services"] = .list(entry.services.map(JSONValue.text))
        return .object(members)
    }

    static func interval(_ interval: Interval, in zone: TimeZoneRules) -> JSONValue {
        .object([
            "from": .instant(interval.start, zone),
            "to": .instant(interval.end, zone),
            "length_s": .number(DurationText.seconds(interval.length)),
        ])
    }
}

extension RefusedExclusion {
    /// What every document for programs says of an exclusion that is applied to nothing.
    public var members: [String: JSONValue] {
        [
            "id": .text(exclusion.id), "category": .text(exclusion.category.rawValue),
            "reason": .text(refusal.description),
        ]
    }
}
