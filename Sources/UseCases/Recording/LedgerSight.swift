import Ledger
import SLA
import Wording

extension LedgerSnapshot {
    /// What is to be recorded of the monitor's own sight: its voids, beside what is recorded of them.
    ///
    /// - Parameters:
    ///   - zone: that of the instants in what they say.
    ///   - now: when `changes` are known.
    /// - Throws: `LedgerError`.
    public func facts(of changes: [SightChange], in zone: TimeZoneRules, now: Instant) throws -> [Fact] {
        if changes.isEmpty { return [] }
        let recorded = try corrections()
        return changes.flatMap { $0.facts(beside: recorded, in: { $0.english(in: zone) }, at: now) }
    }

    /// What is known of sight from before `start`, of `references` and of the checks of `catalog`.
    ///
    /// Only of the pass of the start: what was before a step of the clock cannot be told from it by its instants.
    /// - Throws: `LedgerError`.
    public func recollection(
        of references: [Reference], _ catalog: Catalog, at start: Now
    ) throws -> SightRecollection {
        guard !references.isEmpty, let asked = SightRecollection.ofReferences(references, before: start.wall),
            let failed = SightRecollection.ofChecks(besides: references, before: start.wall)
        else { return SightRecollection() }
        var past = SightRecollection(judged: try corrections().compactMap { Blindness(judged: $0) })
        for reference in references { past.observations += try observations(of: reference.id, in: asked) }
        for service in catalog.services {
            for check in service.checks {
                let id = CheckID(service: service.id, check: check.id)
                let found = try observations(of: id, in: failed)
                past.observations += found.filter { $0.sample.state != .up || $0 == found.last }
            }
        }
        past.observations.removeAll { $0.sample.pass != start.pass }
        return past
    }
}
