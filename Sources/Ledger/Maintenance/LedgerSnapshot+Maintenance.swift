import GRDB
import SLA

extension LedgerSnapshot {
    /// All that is recorded of maintenance, in the order in which it was.
    /// - Throws: ``LedgerError``.
    public func maintenance() throws -> MaintenanceRecord {
        MaintenanceRecord(
            plans: try every { (row: MaintenancePlanRow) in try row.plan() },
            cancellations: try every { (row: MaintenanceCancellationRow) in try row.cancellation() },
            extensions: try every { (row: MaintenanceExtensionRow) in try row.added() },
            deliveries: try noticeDeliveries())
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
}
