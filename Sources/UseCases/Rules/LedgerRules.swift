import Ledger
import Platform
import Reporting
import SLA

extension LedgerSnapshot {
    /// How services are measured, since when, as it is known at `asOf` (semantics §3.2).
    ///
    /// - Parameters:
    ///   - services: their identifiers; where there are none, all that were ever known.
    ///   - now: what the clock shows; the configuration counts as known from then on.
    /// - Throws: `Unknown`, `LedgerError`.
    public func rulesDocument(
        of services: [String], asOf: Instant, configured: Catalog, now: Instant = SystemClock.wall()
    ) throws -> RulesDocument {
        let history = try catalogHistory()
        let catalog = history.everKnown(configured)
        let shown = services.isEmpty ? catalog.services : try services.map(catalog.requiredService)
        let histories = history.histories(including: configured, asOf: asOf, now: now)
        let calendar = catalog.agreement.calendar
        return RulesDocument(
            shown.flatMap { histories[$0.id]?.ruleChanges(asOf: asOf, calendar: calendar) ?? [] }, asOf: asOf,
            in: calendar.zone)
    }
}
