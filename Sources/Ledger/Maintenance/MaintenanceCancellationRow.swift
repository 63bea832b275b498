import GRDB
import SLA

/// A row of `maintenance_cancellations`.
struct MaintenanceCancellationRow: FactRow {
    static let table = FactTable.maintenanceCancellations

    var number: Int64?
    /// The number of the plan.
    var plan: Int
    /// The day on which the window begins; nil for every window that has not begun.
    var date: String?
    var at: Int64
    var by: String
    var reason: String

    init(_ cancellation: MaintenanceCancellation) {
        plan = cancellation.plan
        date = cancellation.date?.description
        at = cancellation.at.milliseconds
        by = cancellation.by
        reason = cancellation.reason
    }

    func cancellation() throws -> MaintenanceCancellation {
        MaintenanceCancellation(
            plan: plan, date: try date.map { try parsed($0, CodingKeys.date) { CivilDate($0) } },
            at: Instant(milliseconds: at), by: by, reason: reason)
    }
}
