import SLA

/// What reports say of voids and downtimes, and of the figures without the provider's own corrections.
enum CorrectionReport {
    /// One of them in a line: what it is, of what, from when to when, by whom, why, and by what proof.
    static func line(_ correction: Correction, in zone: TimeZoneRules) -> String {
        "\(correction.kind.rawValue) \(correction.id) of \(CorrectionDocument.scope(correction)), "
            + "\(RFC3339.text(correction.interval.start, in: zone)) to \(CorrectionDocument.end(of: correction, in: zone)), "
            + "by \(correction.recordedBy): \(correction.reason)"
            + (correction.evidence.isEmpty ? "" : " (\(correction.evidence))")
            + (correction.refusal.map { "; applied to nothing: \($0)" } ?? "")
    }

    /// The figures without the provider's own corrections in a few words.
    static func line(_ plain: UncorrectedFigures) -> String {
        "without our own corrections \(ReportText.percent(plain.availability)): \(plain.verdict.rawValue)"
            + (plain.certainty == .uncertain ? ", uncertain" : "")
            + (plain.credit.map { ", credit \(ReportText.credit($0, currency: nil))" } ?? "")
    }

    /// The same for programs; null where nothing differs.
    static func json(_ plain: UncorrectedFigures?) -> JSONValue {
        guard let plain else { return .null }
        return .object([
            "availability_percent": JSONValue(number: plain.availability?.percentText),
            "availability_min_percent": JSONValue(number: plain.availabilityMin?.percentText),
            "availability_max_percent": JSONValue(number: plain.availabilityMax?.percentText),
            "verdict": .text(plain.verdict.rawValue), "certainty": JSONValue(plain.certainty?.rawValue),
            "down_s": .number(DurationText.seconds(plain.down)),
            "credit_amount": JSONValue(number: plain.credit?.due?.text),
            "credit_range": CreditText.json(plain.credit?.toSettle),
        ])
    }

    /// What a report for people says below its table; empty where nothing was corrected.
    static func text(of report: MonthlyReport) -> String {
        let zone = report.agreement.calendar.zone
        let lines = report.corrections.map { entry in
            let count = entry.services.count
            return "  \(line(entry.correction, in: zone)); touches \(Counted.text(count, "service"))\n"
        }
        let plain = report.figures.compactMap { figures in
            figures.uncorrected.map { "  \(figures.service.id): \(line($0))\n" }
        }
        return (lines.isEmpty ? "" : "\nVoids and downtimes:\n" + lines.joined())
            + (plain.isEmpty ? "" : "\nWithout our own corrections:\n" + plain.joined())
    }
}
