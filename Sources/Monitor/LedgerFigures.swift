import Ledger
import SLA

/// The one road from the ledger to figures: the inputs as they were known, then timelines, then statements.
extension LedgerSnapshot {
    /// What the figures of `month` are computed from, as it was known at `asOf`.
    ///
    /// - Parameter configured: the agreement and the services of the configuration.
    public func inputs(of month: CivilMonth, asOf: Instant, configured: Catalog) throws -> FigureInputs {
        let period = configured.agreement.calendar.interval(of: month)
        let claims = try maintenance().claims(overlapping: period, catalog: configured, asOf: asOf)
        return FigureInputs(
            month: month, asOf: asOf, catalog: configured,
            exclusions: try exclusions().map(\.exclusion) + claims.map(\.exclusion))
    }

    /// Time as the checks of `service` saw it, as far as the figures of `inputs` need it.
    public func timeline(of service: Service, for inputs: FigureInputs) throws -> ServiceTimeline {
        try ServiceTimeline(of: service) { check, timeline in
            try samples(of: check, covering: inputs.period, asOf: inputs.asOf) { timeline.append($0) }
        }
    }

    /// The report that follows from `inputs` and the samples.
    public func report(_ inputs: FigureInputs) throws -> MonthlyReport {
        try MonthlyReport(inputs) { try timeline(of: $0, for: inputs) }
    }

    /// The report of `month` as it was known at `asOf`.
    public func report(of month: CivilMonth, asOf: Instant, configured: Catalog) throws -> MonthlyReport {
        try report(inputs(of: month, asOf: asOf, configured: configured))
    }
}
