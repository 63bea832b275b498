import Ledger
import SLA

extension Ledger {
    /// Records what the billing system said, of each service where it differs from what it said before; and before
    /// that, what `catalog` says of services that the ledger has never seen.
    ///
    /// - Returns: the services of which something was recorded.
    /// - Throws: ``LedgerError``; nothing is then recorded.
    public func record(_ billed: [BilledTerms], _ catalog: CatalogRecord) throws -> [String] {
        try record { snapshot in
            try BilledTerms.facts(of: billed, since: snapshot.latestBilledTerms())
                + snapshot.latestRecords().facts(of: catalog)
        }.facts.compactMap { if case .billedTerms(let terms) = $0 { terms.service } else { nil } }
    }

    /// Records `withdrawal` under the next identifier, which it returns.
    /// - Throws: ``LedgerError``.
    public func record(_ withdrawal: PaidWithdrawal, _ catalog: CatalogRecord) throws -> String {
        try record { [.withdrawal(withdrawal)] + (try $0.latestRecords().facts(of: catalog)) }.identifiers.first ?? ""
    }

    /// Ends the withdrawal called `id`: from then on the time counts again as the records say.
    /// - Throws: ``TermsError``, ``LedgerError``.
    public func reinstate(id: String, _ end: PaidWithdrawal.Reinstatement) throws {
        try record { [try PaidWithdrawal.reinstating(id, end, among: $0.paidWithdrawals())] }
    }

    /// Records what was agreed as compensation, or the end of such an agreement.
    /// - Throws: ``LedgerError``.
    public func record(_ negotiation: Negotiation) throws {
        try record { _ in [.negotiation(negotiation)] }
    }

    /// Opens an incident under the next number.
    ///
    /// - Parameter history: the opening, and what is recorded together with it.
    /// - Returns: the incident.
    /// - Throws: ``IncidentError/refused(id:_:)``, ``LedgerError``.
    public func openIncident(_ history: [IncidentEvent]) throws -> Incident {
        var opened: Incident?
        try record { snapshot in
            let incident = try Incident.opening(history, after: snapshot.lastIncidentNumber())
            opened = incident
            return incident.facts(of: history)
        }
        guard let opened else { throw IncidentError.changed }
        return opened
    }

    /// Records `event` as the next of the incident called `id`: of two people who end it at once, one is refused.
    ///
    /// - Returns: the incident with the event.
    /// - Throws: ``NoIncident``, ``IncidentError/refused(id:_:)``, ``LedgerError``.
    public func record(_ event: IncidentEvent, ofIncident id: String) throws -> Incident {
        var result: Incident?
        try record { snapshot in
            guard let incident = try snapshot.incident(id, asOf: .distantFuture) else {
                throw NoIncident(id: id)
            }
            result = try incident.adding(event)
            return incident.facts(of: [event])
        }
        guard let result else { throw IncidentError.changed }
        return result
    }
}

/// There is no incident of this name.
public struct NoIncident: Error {
    let id: String
}
