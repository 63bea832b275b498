import Ledger
import Reporting
import SLA

extension LedgerSnapshot {
    /// What is due for a month, as it was known at `asOf` (clause 7).
    public func compensationDocument(
        of month: CivilMonth, asOf: Instant, configured: Catalog
    ) throws -> CompensationDocument {
        let inputs = try inputs(of: month, asOf: asOf, configured: configured)
        return CompensationDocument(try report(inputs), settlements: inputs.settlements)
    }

    /// All that people have said of compensation by `asOf`, of `month` or, where that is nil, of every one.
    public func settlementDocument(
        of month: CivilMonth?, asOf: Instant, configured: Catalog
    ) throws -> SettlementDocument {
        let all = try settlements()
        let months = Set(all.negotiations.map(\.month) + all.claims.map(\.month) + all.acceptances.map(\.month))
        let known = months.filter { month == nil || $0 == month }.sorted().map { all.known(of: $0, asOf: asOf) }
        return SettlementDocument(
            Settlements(
                negotiations: known.flatMap(\.negotiations), claims: known.flatMap(\.claims),
                acceptances: known.flatMap(\.acceptances)),
            catalog: try catalogHistory().everKnown(configured))
    }
}
