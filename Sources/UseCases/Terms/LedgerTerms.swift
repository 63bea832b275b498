import Ledger
import Platform
import Reporting
import SLA

extension LedgerSnapshot {
    /// The paid time in force at `asOf`, and how it became known (clause 2).
    ///
    /// - Parameters:
    ///   - services: their identifiers; where there are none, all that were ever known.
    ///   - now: what the clock shows; the configuration counts as known from then on.
    /// - Throws: `Unknown`, `LedgerError`.
    public func termsDocument(
        of services: [String], asOf: Instant, configured: Catalog, now: Instant = SystemClock.wall()
    ) throws -> TermsDocument {
        let history = try catalogHistory()
        let catalog = history.everKnown(configured)
        let shown = services.isEmpty ? catalog.services : try services.map(catalog.requiredService)
        let histories = history.histories(including: configured, asOf: asOf, now: now)
        return TermsDocument(
            shown.map { TermsDocument.Entry($0, histories[$0.id] ?? ServiceHistory()) }, asOf: asOf,
            under: catalog.agreement)
    }
}
