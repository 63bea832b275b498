import GRDB
import SLA

/// A row of `maintenance_plans`: with a beginning and an end where it happens once, with days where it recurs.
struct MaintenancePlanRow: FactRow {
    static let table = FactTable.maintenancePlans

    var number: Int?
    var kind: String
    /// A JSON array of terms.
    var scope: String
    var startAt: Int64?
    var endAt: Int64?
    var days: String?
    /// Of the day, as is the end.
    var startMinute: Int?
    var endMinute: Int?
    var firstDate: String?
    var lastDate: String?
    /// A JSON array of dates.
    var exceptions: String?
    var reason: String
    var plannedAt: Int64
    var plannedBy: String

    enum CodingKeys: String, CodingKey {
        case number, kind, scope, days, exceptions, reason
        case startAt = "start_at"
        case endAt = "end_at"
        case startMinute = "start_minute"
        case endMinute = "end_minute"
        case firstDate = "first_date"
        case lastDate = "last_date"
        case plannedAt = "planned_at"
        case plannedBy = "planned_by"
    }

    init(_ plan: MaintenancePlan) throws {
        kind = plan.kind.rawValue
        scope = try JSONText.encode(plan.scope.map(\.text))
        reason = plan.reason
        plannedAt = plan.plannedAt.milliseconds
        plannedBy = plan.plannedBy
        switch plan.recurrence {
        case .once(let interval):
            startAt = interval.start.milliseconds
            endAt = interval.end.milliseconds
        case .series(let series):
            days = series.days.text
            startMinute = series.start.minutes
            endMinute = series.end.minutes
            firstDate = series.first.description
            lastDate = series.last?.description
            exceptions = try JSONText.encode(series.exceptions.sorted().map(\.description))
        }
    }

    func plan() throws -> MaintenancePlan {
        MaintenancePlan(
            number: number ?? 0, kind: try named(kind, CodingKeys.kind), scope: try scope(scope, CodingKeys.scope),
            recurrence: try recurrence(), reason: reason, plannedAt: Instant(milliseconds: plannedAt),
            plannedBy: plannedBy)
    }

    private func recurrence() throws -> Recurrence {
        guard let days else { return .once(try interval(startAt ?? 0, endAt ?? 0, CodingKeys.endAt)) }
        let exceptions = try JSONText.decode([String].self, from: exceptions ?? "", CodingKeys.exceptions)
        return .series(
            WindowSeries(
                days: try parsed(days, CodingKeys.days) { RecurringDays($0) },
                start: try time(startMinute, CodingKeys.startMinute),
                end: try time(endMinute, CodingKeys.endMinute),
                first: try date(firstDate ?? "", CodingKeys.firstDate),
                last: try lastDate.map { try date($0, CodingKeys.lastDate) },
                exceptions: Set(try exceptions.map { try date($0, CodingKeys.exceptions) })))
    }

    private func time(_ minute: Int?, _ column: CodingKeys) throws -> WallTime {
        try parsed("\(minute ?? -1)", column) { Int($0).flatMap(WallTime.init(minutes:)) }
    }

    private func date(_ text: String, _ column: CodingKeys) throws -> CivilDate {
        try parsed(text, column) { CivilDate($0) }
    }
}
