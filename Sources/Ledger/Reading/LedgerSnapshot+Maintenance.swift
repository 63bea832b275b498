import GRDB
import SLA

extension LedgerSnapshot {
    /// All that is recorded of maintenance, in the order in which it was.
    /// - Throws: ``LedgerError``.
    public func maintenance() throws -> MaintenanceRecord {
        MaintenanceRecord(
            plans: try plans(), cancellations: try cancellations(), extensions: try extensions(),
            deliveries: try deliveries())
    }

    /// A number that grows whenever something that ``maintenance()`` or ``notices()`` says is recorded, by whichever
    /// program, and only then. It takes constant time to read.
    /// - Throws: ``LedgerError``.
    public func maintenanceVersion() throws -> Int64 {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT coalesce((SELECT max(number) FROM maintenance_plans), 0)
                        + coalesce((SELECT max(number) FROM maintenance_cancellations), 0)
                        + coalesce((SELECT max(number) FROM maintenance_extensions), 0)
                        + coalesce((SELECT max(number) FROM notices), 0)
                        + coalesce((SELECT max(number) FROM notice_attempts), 0)
                        + coalesce((SELECT max(number) FROM notice_results), 0)
                        + coalesce((SELECT max(number) FROM notice_deliveries), 0)
                    """)) ?? 0
    }

    /// Every notice that this program was to give, with what was tried, in the order in which they were wanted.
    /// - Throws: ``LedgerError``.
    public func notices() throws -> [Notice] { try notices(numbered: nil) }

    /// The notice numbered `number`, with what was tried; nil where there is none.
    /// - Throws: ``LedgerError``.
    public func notice(_ number: Int64) throws -> Notice? { try notices(numbered: number).first }

    private func notices(numbered number: Int64?) throws -> [Notice] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT a.notice, a.at, a.by, r.at, r.outcome, r.answer
                FROM notice_attempts a LEFT JOIN notice_results r ON r.attempt = a.number
                WHERE ?1 IS NULL OR a.notice = ?1 ORDER BY a.number
                """, arguments: [number])
        var attempts: [Int64: [Notice.Attempt]] = [:]
        for row in rows { attempts[try row.decode(Int64.self, atIndex: 0), default: []].append(try attempt(row)) }
        return try Row.fetchAll(
            db,
            sql: """
                SELECT number, subject, customer, channel, wanted_at, wanted_by
                FROM notices WHERE ?1 IS NULL OR number = ?1 ORDER BY number
                """, arguments: [number]
        ).map { row in
            let number = try row.decode(Int64.self, atIndex: 0)
            return Notice(
                number: number, subject: try subject(row, 1), customer: try row.decode(String?.self, atIndex: 2),
                channel: try row.named(3, path: path), wantedAt: try row.instant(4),
                wantedBy: try row.decode(String.self, atIndex: 5), attempts: attempts[number] ?? [])
        }
    }

    private func attempt(_ row: Row) throws -> Notice.Attempt {
        let result = try row.optionalInstant(3).map { at in
            Notice.Result(
                at: at, outcome: try row.named(4, path: path), answer: try row.decode(String.self, atIndex: 5))
        }
        return Notice.Attempt(at: try row.instant(1), by: try row.decode(String.self, atIndex: 2), result: result)
    }

    private func plans() throws -> [MaintenancePlan] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT number, kind, scope, reason, planned_at, planned_by, start_at, end_at, days, start_minute,
                    end_minute, first_date, last_date, exceptions
                FROM maintenance_plans ORDER BY number
                """
        ).map { row in
            let number = try row.decode(Int.self, atIndex: 0)
            let terms = try JSONText.decode([String].self, from: try row.decode(String.self, atIndex: 2), path: path)
            let scope = terms.compactMap { ScopeTerm($0) }
            guard scope.count == terms.count else { throw damaged("plan \(number) has an impossible scope") }
            return MaintenancePlan(
                number: number, kind: try row.named(1, path: path), scope: scope,
                recurrence: try recurrence(row, of: number), reason: try row.decode(String.self, atIndex: 3),
                plannedAt: try row.instant(4), plannedBy: try row.decode(String.self, atIndex: 5))
        }
    }

    private func recurrence(_ row: Row, of plan: Int) throws -> Recurrence {
        guard let days = try row.decode(String?.self, atIndex: 8) else {
            guard let interval = Interval(try row.instant(6), try row.instant(7)) else {
                throw damaged("plan \(plan) has an impossible interval")
            }
            return .once(interval)
        }
        let exceptions = try JSONText.decode(
            [String].self, from: try row.decode(String.self, atIndex: 13), path: path
        ).map(date)
        guard let days = RecurringDays(days), let start = WallTime(minutes: try row.decode(Int.self, atIndex: 9)),
            let end = WallTime(minutes: try row.decode(Int.self, atIndex: 10))
        else { throw damaged("plan \(plan) recurs in no possible way") }
        return .series(
            WindowSeries(
                days: days, start: start, end: end, first: try date(row.decode(String.self, atIndex: 11)),
                last: try row.decode(String?.self, atIndex: 12).map(date), exceptions: Set(exceptions)))
    }

    private func cancellations() throws -> [MaintenanceCancellation] {
        try Row.fetchAll(
            db, sql: "SELECT plan, date, at, by, reason FROM maintenance_cancellations ORDER BY number"
        ).map { row in
            MaintenanceCancellation(
                plan: try row.decode(Int.self, atIndex: 0),
                date: try row.decode(String?.self, atIndex: 1).map(date), at: try row.instant(2),
                by: try row.decode(String.self, atIndex: 3), reason: try row.decode(String.self, atIndex: 4))
        }
    }

    private func extensions() throws -> [MaintenanceExtension] {
        try Row.fetchAll(
            db,
            sql: "SELECT plan, ordinal, date, until, at, by, reason FROM maintenance_extensions ORDER BY number"
        ).map { row in
            MaintenanceExtension(
                plan: try row.decode(Int.self, atIndex: 0), number: try row.decode(Int.self, atIndex: 1),
                date: try date(row.decode(String.self, atIndex: 2)), until: try row.instant(3),
                at: try row.instant(4), by: try row.decode(String.self, atIndex: 5),
                reason: try row.decode(String.self, atIndex: 6))
        }
    }

    /// What was done by this program, and what was done by hand.
    private func deliveries() throws -> [NoticeDelivery] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT n.subject, n.customer, n.channel, r.at, r.at, a.by, r.answer
                FROM notice_results r JOIN notice_attempts a ON a.number = r.attempt JOIN notices n ON n.number = a.notice
                WHERE r.outcome = 'delivered'
                UNION ALL
                SELECT subject, customer, channel, at, recorded_at, by, answer FROM notice_deliveries
                ORDER BY 5
                """
        ).map { row in
            NoticeDelivery(
                subject: try subject(row, 0), customer: try row.decode(String?.self, atIndex: 1),
                channel: try row.named(2, path: path), at: try row.instant(3), recordedAt: try row.instant(4),
                by: try row.decode(String.self, atIndex: 5), answer: try row.decode(String.self, atIndex: 6))
        }
    }

    private func subject(_ row: Row, _ index: Int) throws -> NoticeSubject {
        let text = try row.decode(String.self, atIndex: index)
        guard let subject = NoticeSubject(text) else { throw damaged("a notice of \(text)") }
        return subject
    }

    private func date(_ text: String) throws -> CivilDate {
        guard let date = CivilDate(text) else { throw damaged("the date \(text)") }
        return date
    }

    private func damaged(_ reason: String) -> LedgerError { .damaged(path: path, reason: reason) }
}
