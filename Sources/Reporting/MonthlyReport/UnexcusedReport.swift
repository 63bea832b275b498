import SLA

/// The downtime inside maintenance that the maintenance does not excuse, as a report says it.
enum UnexcusedReport {
    /// A line for each service and exclusion; empty where there is none.
    static func text(of report: MonthlyReport) -> String {
        let zone = report.agreement.calendar.zone
        let lines = report.figures.flatMap { figures in
            figures.partition.unexcused.map { unexcused in
                "  \(figures.service.id): \(DurationText.spoken(unexcused.downtime.length)) of down in "
                    + "\(unexcused.exclusion) (\(unexcused.category.rawValue)): "
                    + "\(unexcused.reason(in: zone))\n"
            }
        }
        return lines.isEmpty ? "" : "\nNot excused by maintenance, and counted:\n" + lines.joined()
    }

    /// The same of one service's month, for programs.
    static func json(_ figures: MonthFigures, in zone: TimeZoneRules) -> JSONValue {
        .list(
            figures.partition.unexcused.map { unexcused in
                .object([
                    "id": .text(unexcused.exclusion), "category": .text(unexcused.category.rawValue),
                    "outage_began": .instant(unexcused.began, zone), "notice_at": .instant(unexcused.noticeAt, zone),
                    "down_s": .number(DurationText.seconds(unexcused.downtime.length)),
                    "reason": .text(unexcused.reason(in: zone)),
                ])
            })
    }
}

extension UnexcusedDowntime {
    /// Why it is not in the exclusion.
    func reason(in zone: TimeZoneRules) -> String {
        "the outage began \(RFC3339.text(began, in: zone)), before the notice of \(exclusion) was given "
            + RFC3339.text(noticeAt, in: zone)
    }
}
