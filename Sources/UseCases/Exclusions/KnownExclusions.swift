import Ledger
import Platform
import SLA

extension LedgerSnapshot {
    /// Every exclusion known at `asOf`, revoked ones too: those that were recorded, and what planned maintenance
    /// claims from its beginning up to the end of the month after that of `asOf`.
    ///
    /// What they are computed from in any month up to then, so that a replay of them gives the same digits.
    public func knownExclusions(
        asOf: Instant, configured: Catalog, now: Instant = SystemClock.wall()
    ) throws -> [RecordedExclusion] {
        let recorded = try exclusions().compactMap { entry -> RecordedExclusion? in
            guard let known = entry.exclusion.known(asOf: asOf) else { return nil }
            return known == entry.exclusion ? entry : RecordedExclusion(exclusion: known, details: entry.details)
        }
        return recorded + (try claims(asOf: asOf, configured: configured, now: now))
    }

    /// What planned maintenance claims, each month's by the services and customers of that month, as its report has it.
    private func claims(asOf: Instant, configured: Catalog, now: Instant) throws -> [RecordedExclusion] {
        let record = try maintenance().known(asOf: asOf)
        let calendar = configured.agreement.calendar
        guard let first = record.plans.map({ $0.begin(in: calendar) }).min() else { return [] }
        let history = try catalogHistory()
        let last = calendar.month(containing: asOf).next
        var claims: [RecordedExclusion] = []
        var seen: Set<String> = []
        var month = calendar.month(containing: first)
        while month <= last {
            let period = calendar.interval(of: month)
            let catalog = history.catalog(in: period, asOf: asOf, configured: configured, now: now)
            for claim in record.claims(overlapping: period, catalog: catalog, asOf: asOf)
            where seen.insert(claim.exclusion.id).inserted {
                claims.append(
                    RecordedExclusion(
                        exclusion: claim.exclusion, revokedBy: claim.window.cancellation?.by,
                        revocationReason: claim.window.cancellation?.reason))
            }
            month = month.next
        }
        return claims
    }
}
