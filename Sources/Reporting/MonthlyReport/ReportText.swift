import SLA

/// The monthly report for people: what matters first, in columns.
public enum ReportText {
    /// The table; below it the worst windows, where a running month is heading, and the exclusions that were not
    /// admitted.
    public static func text(_ report: MonthlyReport) -> String {
        let zone = report.agreement.calendar.zone
        var table = TextTable([
            ("CUSTOMER", .left), ("SERVICE", .left), ("AVAILABILITY", .right), ("BETWEEN", .right),
            ("VERDICT", .left), ("MEASURED", .left), ("SINCE", .left), ("COMMITTED", .right), ("DOWN", .right),
            ("UNMEASURED", .right),
            ("EXCLUDED", .right), ("OUTAGES", .right), ("CREDIT", .right),
        ])
        for figures in report.figures {
            let partition = figures.partition
            table.add([
                figures.service.customer, figures.service.id, percent(figures.availability), bounds(figures),
                verdict(figures) + (report.objectives.count > 1 ? " at \(figures.objective) %" : ""),
                MeasuredText.share(figures), MeasuredText.since(figures, in: zone),
                DurationText.spoken(partition.committed.length),
                DurationText.spoken(partition.down.length), DurationText.spoken(partition.unmeasured.length),
                DurationText.spoken(partition.excludedLength), "\(figures.outages.count)",
                credit(figures.credit, currency: figures.agreement.compensation.currency),
            ])
            for month in report.months[figures.service.id] ?? [] {
                table.add([
                    "", "  \(month.month)", percent(month.availability),
                    bounds(month.availabilityMin, month.availabilityMax),
                    verdict(month.verdict, month.certainty), "", "", "", "", "", "", "", "",
                ])
            }
        }
        let objectives = report.objectives.map(\.description).joined(separator: " or ")
        return "\(report.reported), objective \(objectives) %, as of "
            + RFC3339.text(report.asOf, in: zone) + " (\(zone.name))\n\n" + table.text
            + WindowReport.text(of: report) + ForecastReport.text(of: report) + maintenance(report)
            + UnexcusedReport.text(of: report) + notAdmitted(report) + CorrectionReport.text(of: report)
    }

    /// How often maintenance was used (clause 6.2: an emergency is rare); empty where it was not.
    private static func maintenance(_ report: MonthlyReport) -> String {
        let use = report.maintenance
        guard let share = use.emergencyShare else { return "" }
        func said(_ name: String, _ times: IntervalSet) -> String {
            "\(name) \(times.intervals.count) (\(DurationText.spoken(times.length)))"
        }
        return "\nMaintenance windows: \(said("scheduled", use.scheduled)), \(said("emergency", use.emergency)), "
            + "\(share.percentText) % of its time an emergency\n"
    }

    static func percent(_ ratio: Ratio?) -> String {
        ratio.map { $0.percentText + " %" } ?? "-"
    }

    static func bounds(_ figures: MonthFigures) -> String { bounds(figures.availabilityMin, figures.availabilityMax) }

    private static func bounds(_ low: Ratio?, _ high: Ratio?) -> String {
        guard let low, let high else { return "-" }
        return low.percentText + " - " + high.percentText
    }

    static func verdict(_ figures: MonthFigures) -> String { verdict(figures.verdict, figures.certainty) }

    private static func verdict(_ verdict: Verdict, _ certainty: Certainty?) -> String {
        verdict.rawValue + (certainty == .uncertain ? ", uncertain" : "")
    }

    static func credit(_ credit: Credit?, currency: String?) -> String {
        guard let credit else { return "-" }
        if let due = credit.due { return AmountText.shown(due.text, in: currency) }
        switch credit.basis {
        case .tier(let percent): return "\(percent) %"
        case .negotiate:
            return "negotiate" + (credit.cap.map { ", at most \(AmountText.shown($0.text, in: currency))" } ?? "")
        case .toSettle(let range): return "to settle, \(CreditText.text(range, in: currency))"
        }
    }

    private static func notAdmitted(_ report: MonthlyReport) -> String {
        let lines = notices(of: report)
        return lines.isEmpty ? "" : "\nNot admitted, and applied to nothing:\n" + lines.map { "  \($0)\n" }.joined()
    }

    /// A line for each exclusion that was not admitted: with every report, whatever its format.
    public static func notices(of report: MonthlyReport) -> [String] {
        report.refused.map { refused, services in
            "exclusion \(refused.exclusion.id) (\(refused.exclusion.category.rawValue)) of "
                + "\(services.joined(separator: ", ")): \(refused.refusal)"
        }
    }
}
