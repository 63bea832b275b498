import Ledger
import SLA

extension Ledger {
    /// A notice that is wanted.
    public typealias WantedNotice = NoticeKey

    /// Records `plan` under the next number, whatever its own says.
    /// - Returns: the plan as it is recorded.
    /// - Throws: ``LedgerError``.
    public func record(_ plan: MaintenancePlan) throws -> MaintenancePlan {
        try record { _ in [.maintenancePlan(plan)] }.plans.first ?? plan
    }

    /// Records `cancellation`. What `check` throws of the record as it is then is passed on, and nothing is recorded.
    /// - Throws: ``LedgerError``.
    public func record(
        _ cancellation: MaintenanceCancellation, ifAllowed check: (MaintenanceRecord) throws -> Void
    ) throws {
        try record { snapshot in
            try check(snapshot.maintenance())
            return [.maintenanceCancellation(cancellation)]
        }
    }

    /// Records `added` under the next number of its plan, whatever its own says; `check` as in cancelling.
    /// - Returns: the extension as it is recorded.
    /// - Throws: ``LedgerError``.
    public func record(
        _ added: MaintenanceExtension, ifAllowed check: (MaintenanceRecord) throws -> Void
    ) throws -> MaintenanceExtension {
        try record { snapshot in
            try check(snapshot.maintenance())
            return [.maintenanceExtension(added)]
        }.extensions.first ?? added
    }

    /// Records notices that were given by hand.
    /// - Throws: ``LedgerError``; none is then recorded.
    public func record(_ deliveries: [NoticeDelivery]) throws {
        try record { _ in deliveries.map(Fact.noticeDelivery) }
    }

    /// Notes that `notices` are wanted. One that is wanted already, or was given by hand, is not wanted again; one
    /// that was refused is.
    /// - Throws: ``LedgerError``; none is then noted.
    public func want(_ notices: [NoticeKey], at: Instant, by: String) throws {
        try record { try $0.maintenance().facts(wanting: notices, since: $0.notices(), at: at, by: by) }
    }

    /// Takes the notice numbered `number` for a try that begins at `at`, unless `isDue` says of what was tried so far
    /// that it is not to be tried now: of two programs, one gets it.
    /// - Returns: the number of the try, for ``finish(_:_:)``; nil where it is not due.
    /// - Throws: ``LedgerError``.
    public func beginAttempt(
        of number: Int64, at: Instant, by: String, ifDue isDue: (Notice) -> Bool
    ) throws -> Int64? {
        try record { snapshot in
            guard let notice = try snapshot.notice(number), isDue(notice) else { return [] }
            return [.noticeAttempt(NoticeAttempt(notice: number, at: at, by: by))]
        }.attempts.first?.number
    }

    /// Records how the try numbered `attempt` ended.
    /// - Throws: ``LedgerError``.
    public func finish(_ attempt: Int64, _ result: Notice.Result) throws {
        try record { _ in [.noticeResult(attempt: attempt, result)] }
    }
}
