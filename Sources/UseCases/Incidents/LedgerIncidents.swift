import Intake
import Ledger
import Reporting
import SLA

extension LedgerSnapshot {
    /// Incidents as they were known at `asOf`.
    ///
    /// - Parameters:
    ///   - month: those that opened in it or were open in it; nil for those that are open.
    ///   - withEnded: whether, without a month, those that have ended are shown too.
    ///   - customer: the one customer who is to be told (clause 5); nil for the provider.
    /// - Throws: `Unknown`, `LedgerError`.
    public func incidentList(
        of month: CivilMonth?, withEnded: Bool = false, asOf: Instant, customer: String? = nil, configured: Catalog
    ) throws -> IncidentList {
        if let customer { try catalogHistory().everKnown(configured).requiredCustomer(customer) }
        let agreement = try promised(configured, asOf: asOf).agreement
        let known = try incidents(asOf: asOf)
        let shown =
            if let month {
                known.filter { $0.concerns(agreement.calendar.interval(of: month), asOf: asOf) }
            } else {
                known.filter { withEnded || $0.isOpen }
            }
        return IncidentList(shown, under: agreement, asOf: asOf, customer: customer)
    }

    /// The incident called `id` with its whole history, as it was known at `asOf`.
    ///
    /// - Throws: `Unknown`, `LedgerError`.
    public func incidentHistory(of id: String, asOf: Instant, configured: Catalog) throws -> IncidentHistory {
        guard let incident = try incident(id, asOf: asOf) else {
            throw try unknownIncident(id, asOf: asOf)
        }
        return IncidentHistory(incident, under: try promised(configured, asOf: asOf).agreement, asOf: asOf)
    }

    /// That there is no incident called `id`.
    func unknownIncident(_ id: String, asOf: Instant) throws -> Unknown {
        let known = try incidents(asOf: asOf).map(\.id)
        // Of numbers, any is near to any: the last one says more.
        let last = Unknown.isNumber(id, after: "I") ? known.last : nil
        return Unknown(.incident, id, among: known, remark: last.map { "the last one is \($0)" })
    }
}
