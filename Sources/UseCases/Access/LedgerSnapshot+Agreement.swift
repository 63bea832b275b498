import Ledger
import Platform
import SLA

extension LedgerSnapshot {
    /// `configured` with the past of its agreement, as it was known at `asOf`: what a record is judged by is what was in
    /// force then (semantics §3.2).
    ///
    /// - Parameter now: what the clock shows; the configuration counts as known from then on.
    /// - Throws: `LedgerError`.
    public func promised(
        _ configured: Catalog, asOf: Instant, now: Instant = SystemClock.wall()
    ) throws -> Catalog {
        try agreementHistory().catalog(configured, asOf: asOf, now: now)
    }
}
