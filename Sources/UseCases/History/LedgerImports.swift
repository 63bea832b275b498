import Ledger
import Reporting
import SLA

extension LedgerSnapshot {
    /// Every import, and what became of it; instants in `zone`.
    public func importListDocument(in zone: TimeZoneRules) throws -> ImportListDocument {
        ImportListDocument(try imports(), in: zone)
    }
}
