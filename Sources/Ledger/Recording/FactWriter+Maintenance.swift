import GRDB
import SLA

extension FactWriter {
    /// Adds `plan` under the next number, whatever its own says.
    func add(_ plan: MaintenancePlan) throws -> MaintenancePlan {
        var once: Interval?
        var series: WindowSeries?
        switch plan.recurrence {
        case .once(let interval): once = interval
        case .series(let found): series = found
        }
        try db.execute(
            sql: """
                INSERT INTO maintenance_plans
                    (kind, scope, start_at, end_at, days, start_minute, end_minute, first_date, last_date,
                     exceptions, reason, planned_at, planned_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                plan.kind.rawValue, try JSONText.encode(plan.scope.map(\.text)), once?.start.milliseconds,
                once?.end.milliseconds, series?.days.text, series?.start.minutes, series?.end.minutes,
                series?.first.description, series?.last?.description,
                try series.map { try JSONText.encode($0.exceptions.sorted().map(\.description)) }, plan.reason,
                plan.plannedAt.milliseconds, plan.plannedBy,
            ])
        var recorded = plan
        recorded.number = Int(db.lastInsertedRowID)
        return recorded
    }

    func add(_ cancellation: MaintenanceCancellation) throws {
        try db.execute(
            sql: "INSERT INTO maintenance_cancellations (plan, date, at, by, reason) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                cancellation.plan, cancellation.date?.description, cancellation.at.milliseconds,
                cancellation.by, cancellation.reason,
            ])
    }

    /// Adds `added` under the next number of its plan, whatever its own says.
    func add(_ added: MaintenanceExtension) throws -> MaintenanceExtension {
        let last = try Int.fetchOne(
            db, sql: "SELECT max(ordinal) FROM maintenance_extensions WHERE plan = ?", arguments: [added.plan])
        var recorded = added
        recorded.number = (last ?? 0) + 1
        try db.execute(
            sql: """
                INSERT INTO maintenance_extensions (plan, ordinal, date, until, at, by, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                added.plan, recorded.number, added.date.description, added.until.milliseconds, added.at.milliseconds,
                added.by, added.reason,
            ])
        return recorded
    }
}
