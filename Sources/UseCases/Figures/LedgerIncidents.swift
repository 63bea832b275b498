import Ledger
import Reporting
import SLA

extension LedgerSnapshot {
    /// The incidents that opened in `month` or were open in it, as they were known at `asOf`.
    ///
    /// - Parameter customer: the one customer who is to be told (clause 5); nil for the provider.
    public func incidentList(
        of month: CivilMonth, asOf: Instant, customer: String? = nil, configured: Catalog
    ) throws -> IncidentList {
        let agreement = configured.agreement
        let period = agreement.calendar.interval(of: month)
        return IncidentList(
            try incidents(asOf: asOf).filter { $0.concerns(period, asOf: asOf) }, under: agreement, asOf: asOf,
            customer: customer)
    }
}
