import Ledger
import SLA

extension LedgerSnapshot {
    /// Time as the checks of `service` saw it, as far as `period` needs it, by the samples at `asOf` or before.
    public func timeline(of service: Service, covering period: Interval, asOf: Instant) throws -> ServiceTimeline {
        try ServiceTimeline(of: service) { check, timeline in
            try samples(of: check, covering: period, asOf: asOf) { timeline.append($0) }
        }
    }

    /// The report of `month` as it was known at `asOf`.
    public func report(of month: CivilMonth, asOf: Instant, catalog: Catalog) throws -> MonthlyReport {
        let period = catalog.agreement.calendar.interval(of: month)
        let exclusions = try exclusions().map(\.exclusion)
        return try MonthlyReport(month: month, asOf: asOf, catalog: catalog, exclusions: exclusions) { service in
            try timeline(of: service, covering: period, asOf: asOf)
        }
    }
}
