import GRDB
import SLA

extension Ledger {
    /// Records `plan` under the next number, whatever its own says.
    /// - Returns: the plan as it is recorded.
    /// - Throws: ``LedgerError``.
    public func record(_ plan: MaintenancePlan) throws -> MaintenancePlan {
        var once: Interval?
        var series: WindowSeries?
        switch plan.recurrence {
        case .once(let interval): once = interval
        case .series(let found): series = found
        }
        var recorded = plan
        recorded.number = try write { db in
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
            return Int(db.lastInsertedRowID)
        }
        return recorded
    }

    /// Records `cancellation`. What `check` throws of the record as it is then is passed on, and nothing is recorded.
    /// - Throws: ``LedgerError``.
    public func record(
        _ cancellation: MaintenanceCancellation, ifAllowed check: (MaintenanceRecord) throws -> Void
    ) throws {
        try write { db in
            try check(LedgerSnapshot(db: db, path: path).maintenance())
            try db.execute(
                sql: "INSERT INTO maintenance_cancellations (plan, date, at, by, reason) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    cancellation.plan, cancellation.date?.description, cancellation.at.milliseconds,
                    cancellation.by, cancellation.reason,
                ])
        }
    }

    /// Records `added` under the next number of its plan, whatever its own says; `check` as in cancelling.
    /// - Returns: the extension as it is recorded.
    /// - Throws: ``LedgerError``.
    public func record(
        _ added: MaintenanceExtension, ifAllowed check: (MaintenanceRecord) throws -> Void
    ) throws -> MaintenanceExtension {
        var recorded = added
        recorded.number = try write { db in
            try check(LedgerSnapshot(db: db, path: path).maintenance())
            let last = try Int.fetchOne(
                db, sql: "SELECT max(ordinal) FROM maintenance_extensions WHERE plan = ?", arguments: [added.plan])
            let number = (last ?? 0) + 1
            try db.execute(
                sql: """
                    INSERT INTO maintenance_extensions (plan, ordinal, date, until, at, by, reason)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    added.plan, number, added.date.description, added.until.milliseconds, added.at.milliseconds,
                    added.by, added.reason,
                ])
            return number
        }
        return recorded
    }

    /// Records notices that were given by hand.
    /// - Throws: ``LedgerError``; none is then recorded.
    public func record(_ deliveries: [NoticeDelivery]) throws {
        try write { db in
            let insert = try db.cachedStatement(
                sql: """
                    INSERT INTO notice_deliveries (subject, customer, channel, at, recorded_at, by, answer)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """)
            for delivery in deliveries {
                try insert.execute(arguments: [
                    delivery.subject.description, delivery.customer, delivery.channel.rawValue,
                    delivery.at.milliseconds, delivery.recordedAt.milliseconds, delivery.by, delivery.answer,
                ])
            }
        }
    }
}
