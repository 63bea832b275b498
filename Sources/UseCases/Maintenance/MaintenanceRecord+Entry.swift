import Reporting
import SLA

extension MaintenanceRecord {
    /// `plan` with its next windows, or where nothing lies ahead, its last ones.
    public func entry(
        of plan: MaintenancePlan, catalog: Catalog, at now: Instant, limit: Int
    ) -> MaintenanceDocument.Entry {
        let calendar = catalog.agreement.calendar
        // Cancelled windows are told of too, where no other lies ahead.
        let ahead = nextWindows(of: plan, after: now, limit: limit, in: calendar)
        let day: Milliseconds = 86_400_000
        let shown =
            if ahead.isEmpty,
                let around = Interval(.init(milliseconds: 0), max(now, plan.begin(in: calendar)) + 400 * day)
            {
                Array(windows(of: plan, overlapping: around, in: calendar).suffix(limit))
            } else {
                ahead
            }
        var claims: [MaintenanceClaim] = []
        if let first = shown.first, let last = shown.last,
            let range = Interval(first.interval.start, last.interval.end)
        {
            let one = MaintenanceRecord(
                plans: [plan], cancellations: cancellations, extensions: extensions, deliveries: deliveries)
            claims = one.claims(overlapping: range, catalog: catalog, asOf: now)
        }
        return MaintenanceDocument.Entry(plan, windows: shown, claims: claims, isOver: ahead.isEmpty)
    }
}
