import Ledger
import SLA

/// Maintenance that is to be planned (clauses 6.1, 6.2).
public struct MaintenancePlanRequest: Sendable {
    /// Whether it is foreseen or cannot wait.
    public var kind: MaintenanceKind
    /// The services, in words.
    public var scope: [String]
    /// When the windows are.
    public var windows: WindowRequest
    /// Why, as customers and the public read it.
    public var reason: String

    /// A request.
    public init(kind: MaintenanceKind, scope: [String], windows: WindowRequest, reason: String) {
        self.kind = kind
        self.scope = scope
        self.windows = windows
        self.reason = reason
    }
}

extension Recording {
    /// Plans windows of maintenance. One whose notice can no longer be in time is planned all the same.
    ///
    /// - Throws: `InvalidRequest`, `LedgerError`; nothing is then recorded.
    public func planMaintenance(_ request: MaintenancePlanRequest) throws -> MaintenancePlanReceipt {
        let recorded = try ledger.record { _ in [.maintenancePlan(try plan(request))] }
        return MaintenancePlanReceipt(
            plan: recorded.last { if case .maintenancePlan(let plan) = $0 { plan } else { nil } }, catalog: catalog)
    }

    private func plan(_ request: MaintenancePlanRequest) throws(InvalidRequest) -> MaintenancePlan {
        var check = RequestCheck()
        let terms = check.scope(request.scope, catalog: catalog)
        check.oneLine(.reason, request.reason)
        check.name(by)
        let recurrence = request.windows.recurrence(in: calendar, now: now, &check)
        let plan = MaintenancePlan(
            number: 0, kind: request.kind, scope: terms, recurrence: try check.finish(recurrence),
            reason: request.reason, plannedAt: now, plannedBy: by)
        if MaintenanceRecord(plans: [plan]).nextWindows(of: plan, after: now, limit: 1, in: calendar).isEmpty {
            check.add(.every, "no window comes of it, expected one that lies ahead")
        }
        try check.finish()
        return plan
    }
}
