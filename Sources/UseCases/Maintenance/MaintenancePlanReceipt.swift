import Reporting
import SLA

/// Maintenance that was planned.
public struct MaintenancePlanReceipt: Receipt {
    /// The plan, as it was recorded.
    public let plan: MaintenancePlan
    let catalog: Catalog

    /// A row for each of the next windows.
    public static let columns = JSONColumns(
        ["id", "kind", "clause", "scope", "reason", "planned_at", "planned_by"], each: "windows",
        of: ["id", "from", "to", "notice_due", "late"])

    private var agreement: Agreement { catalog.agreement }
    private var zone: TimeZoneRules { agreement.calendar.zone }

    /// What is printed of it for people.
    public var text: String { plan.id + "\n" }

    /// The next windows, at most five.
    public var windows: [MaintenanceWindow] {
        MaintenanceRecord(plans: [plan]).nextWindows(of: plan, after: plan.plannedAt, limit: 5, in: agreement.calendar)
    }

    /// Each of the next windows, and of one that is too late which rule it breaks.
    public var remarks: [FieldMessage] {
        let nobody: [FieldMessage] =
            plan.affected(of: catalog).isEmpty ? ["\(plan.id) affects nobody: its scope holds no service"] : []
        return nobody + windows.map(remark)
    }

    private func remark(on window: MaintenanceWindow) -> FieldMessage {
        let now = plan.plannedAt
        let lead = plan.kind.lead(under: agreement.notice)
        let due = noticeDue(of: window)
        let (from, to) = (RFC3339.text(window.interval.start, in: zone), RFC3339.text(window.interval.end, in: zone))
        let head = "\(window.id) from \(from) to \(to)"
        guard due < now else { return "\(head): announce before \(RFC3339.text(due, in: zone))" }
        let left = window.interval.start - now
        let place = left > 0 ? "begins in \(DurationText.spoken(left))" : "has begun"
        return """
            \(head): will not be admitted: it \(place), and clause \(plan.kind.noticeClause) asks for notice \
            \(DurationText.spoken(lead)) before (\(DurationText.spoken(now - due)) are missing); announced now, it \
            could begin at \(RFC3339.text(now + lead, in: zone))
            """
    }

    private func noticeDue(of window: MaintenanceWindow) -> Instant {
        window.noticeDue(of: window.segments[0], under: agreement)
    }

    /// The same for programs.
    public var json: JSONObject {
        JSONObject(
            "maintenance_plan",
            [
                "id": .text(plan.id), "kind": .text(plan.kind.rawValue), "clause": .text(plan.kind.noticeClause),
                "scope": .text(plan.scope.map(\.text).joined(separator: " ")), "reason": .text(plan.reason),
                "planned_at": .instant(plan.plannedAt, zone), "planned_by": .text(plan.plannedBy),
                "windows": .list(
                    windows.map { window in
                        .object([
                            "id": .text(window.id), "from": .instant(window.interval.start, zone),
                            "to": .instant(window.interval.end, zone),
                            "notice_due": .instant(noticeDue(of: window), zone),
                            "late": .flag(noticeDue(of: window) < plan.plannedAt),
                        ])
                    }),
            ])
    }
}
