import GRDB
import SLA

/// A row of `maintenance_extensions`.
struct MaintenanceExtensionRow: FactRow {
    static let table = FactTable.maintenanceExtensions

    var number: Int64?
    /// The number of the plan.
    var plan: Int
    /// Counts the extensions of the plan, from 1.
    var ordinal: Int
    /// The day on which the window begins.
    var date: String
    var until: Int64
    var at: Int64
    var by: String
    var reason: String

    init(_ added: MaintenanceExtension) {
        plan = added.plan
        ordinal = added.number
        date = added.date.description
        until = added.until.milliseconds
        at = added.at.milliseconds
        by = added.by
        reason = added.reason
    }

    func added() throws -> MaintenanceExtension {
        MaintenanceExtension(
            plan: plan, number: ordinal, date: try parsed(date, CodingKeys.date) { CivilDate($0) },
            until: Instant(milliseconds: until), at: Instant(milliseconds: at), by: by, reason: reason)
    }
}
