import Ledger
import Reporting
import SLA

extension LedgerSnapshot {
    /// What is due for a month, as it was known at `asOf` (clause 7).
    public func compensationDocument(
        of month: CivilMonth, asOf: Instant, configured: Catalog
    ) throws -> CompensationDocument {
        let inputs = try inputs(of: month, asOf: asOf, configured: configured)
        return CompensationDocument(try report(inputs), negotiations: inputs.negotiations)
    }
}
