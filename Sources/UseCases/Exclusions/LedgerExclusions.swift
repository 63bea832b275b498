import Ledger
import Reporting
import SLA

extension LedgerSnapshot {
    /// Every exclusion known at `asOf`, by its beginning.
    public func exclusionDocument(asOf: Instant, configured: Catalog) throws -> ExclusionDocument {
        ExclusionDocument(
            try knownExclusions(asOf: asOf, configured: configured).byBeginning.map { .init($0) },
            under: try promised(configured, asOf: asOf).agreement)
    }

    /// Every lock and end of services known at `asOf`, by its beginning (clause 3.2).
    ///
    /// - Parameter isOpenOnly: whether only those that have no end yet are shown.
    public func suspensionDocument(
        asOf: Instant, isOpenOnly: Bool, configured: Catalog
    ) throws -> SuspensionDocument {
        let suspensions = try knownExclusions(asOf: asOf, configured: configured).filter { entry in
            entry.exclusion.category == .suspension
                && (!isOpenOnly || (entry.exclusion.isOpen && entry.exclusion.revokedAt == nil))
        }
        return SuspensionDocument(
            suspensions.byBeginning.map { .init($0) }, under: try promised(configured, asOf: asOf).agreement)
    }

    /// What is proposed for the outages of a month.
    ///
    /// - Parameter service: its identifier; nil means all.
    /// - Throws: `Unknown`, `LedgerError`.
    public func suggestionDocument(
        of service: String?, in month: CivilMonth, asOf: Instant, configured: Catalog
    ) throws -> SuggestionDocument {
        if let service {
            _ = try inputs(of: month, asOf: asOf, configured: configured).catalog.requiredService(service)
        }
        return SuggestionDocument(
            try suggestions(of: service.map { [$0] }, in: month, asOf: asOf, configured: configured),
            under: configured.agreement)
    }
}

extension [RecordedExclusion] {
    /// By their beginning, then by their identifier.
    fileprivate var byBeginning: [RecordedExclusion] {
        sorted { ($0.exclusion.interval.start, $0.exclusion.id) < ($1.exclusion.interval.start, $1.exclusion.id) }
    }
}
