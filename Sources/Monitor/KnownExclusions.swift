import Ledger
import SLA

extension LedgerSnapshot {
    /// Every exclusion known at `asOf`, revoked ones too: those that were recorded, and what planned maintenance
    /// claims from its beginning up to the end of the month after that of `asOf`.
    ///
    /// What they are computed from in any month up to then, so that a replay of them gives the same digits.
    public func knownExclusions(asOf: Instant, configured: Catalog) throws -> [RecordedExclusion] {
        let recorded = try exclusions().compactMap { entry -> RecordedExclusion? in
            guard (entry.exclusion.recordedAt ?? .distantPast) <= asOf else { return nil }
            guard let revokedAt = entry.exclusion.revokedAt, revokedAt > asOf else { return entry }
            var standing = entry.exclusion
            standing.revokedAt = nil
            return RecordedExclusion(exclusion: standing)
        }
        let record = try maintenance()
        let calendar = configured.agreement.calendar
        let end = calendar.interval(of: calendar.month(containing: asOf).next).end
        guard let first = record.plans.map({ $0.begin(in: calendar) }).min(), let range = Interval(first, end) else {
            return recorded
        }
        return recorded
            + record.claims(overlapping: range, catalog: configured, asOf: asOf).map { claim in
                RecordedExclusion(
                    exclusion: claim.exclusion, revokedBy: claim.window.cancellation?.by,
                    revocationReason: claim.window.cancellation?.reason)
            }
    }
}
