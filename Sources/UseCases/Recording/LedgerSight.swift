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
}
