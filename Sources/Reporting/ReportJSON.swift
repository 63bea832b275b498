import SLA

/// The monthly report for programs: the columns of the CSV under their names, and what a row has no room for.
public enum ReportJSON {
    /// The document, with a line feed at its end.
    public static func text(_ report: MonthlyReport) -> String {
        JSONValue.object([
            "month": .text(report.month.description),
            "as_of": .text(RFC3339.text(report.asOf, in: report.agreement.calendar.zone)),
            "timezone": .text(report.agreement.calendar.zone.name),
            "objective_percent": .number(report.agreement.objective.description),
            "excluded_time": .text(report.agreement.excludedTime.rawValue),
            "services": .list(report.statements.map { service($0, under: report.agreement) }),
            "maintenance": maintenance(report.maintenance),
            "exclusions_not_admitted": .list(report.refused.map(refused)),
        ]).document
    }

    private static func service(_ statement: Statement, under agreement: Agreement) -> JSONValue {
        let zone = agreement.calendar.zone
        var members = ReportRow(statement, under: agreement).members
        members["outage_intervals"] = .list(statement.outages.map { interval($0, in: zone) })
        members["transient_intervals"] = .list(statement.transients.map { interval($0, in: zone) })
        members["exclusions_admitted"] = .list(statement.admitted.map { .text($0.id) })
        return .object(members)
    }

    /// How often maintenance was used (clause 6.2: an emergency is rare).
    private static func maintenance(_ use: MaintenanceUse) -> JSONValue {
        .object([
            "scheduled_windows": .number("\(use.scheduled.intervals.count)"),
            "scheduled_s": .number(DurationText.seconds(use.scheduled.length)),
            "emergency_windows": .number("\(use.emergency.intervals.count)"),
            "emergency_s": .number(DurationText.seconds(use.emergency.length)),
            "emergency_share_percent": use.emergencyShare.map { .number($0.percentText) } ?? .null,
        ])
    }

    private static func refused(_ entry: (refused: RefusedExclusion, services: [String])) -> JSONValue {
        .object([
            "id": .text(entry.refused.exclusion.id),
            "category": .text(entry.refused.exclusion.category.rawValue),
            "reason": .text(entry.refused.refusal.description),
            "services": .list(entry.services.map(JSONValue.text)),
        ])
    }

    static func interval(_ interval: Interval, in zone: TimeZoneRules) -> JSONValue {
        .object([
            "from": .text(RFC3339.text(interval.start, in: zone)),
            "to": .text(RFC3339.text(interval.end, in: zone)),
            "length_s": .number(DurationText.seconds(interval.length)),
        ])
    }
}
