import GRDB
import SLA

extension FactWriter {
    /// Adds `plan` under the next number, whatever its own says.
    func add(_ plan: MaintenancePlan) throws -> MaintenancePlan {
        try MaintenancePlanRow(plan).insert(db)
        var recorded = plan
        recorded.number = Int(db.lastInsertedRowID)
        return recorded
    }

    func add(_ cancellation: MaintenanceCancellation) throws {
        try MaintenanceCancellationRow(cancellation).insert(db)
    }

    /// Adds `added` under the next number of its plan, whatever its own says.
    func add(_ added: MaintenanceExtension) throws -> MaintenanceExtension {
        let ofPlan = MaintenanceExtensionRow.filter(Column("plan") == added.plan)
        let last = try Int.fetchOne(db, ofPlan.select(max(Column("ordinal"))))
        var recorded = added
        recorded.number = (last ?? 0) + 1
        try MaintenanceExtensionRow(recorded).insert(db)
        return recorded
    }
}
