import Ledger
import SLA

extension Ledger {
    /// Records everything in `batch`, in one transaction that is on the disk when this returns.
    ///
    /// The same sample twice is one. Where the ledger has another state for the same check and instant, it
    /// keeps that one, and the result names the conflict; the rest of the batch is recorded all the same.
    /// - Throws: ``IncidentError/changed``, ``LedgerError``; nothing of the batch is then recorded.
    @discardableResult
    public func commit(_ batch: Batch) throws -> CommitResult {
        guard !batch.isEmpty else { return CommitResult() }
        return try record { snapshot in
            if let version = batch.incidentsVersion, try snapshot.incidentsVersion() != version {
                throw IncidentError.changed
            }
            return try batch.facts { try snapshot.latestRecords() }
        }.samples
    }

    /// Notes that the alerts numbered `ids` were handed over at `at`; one that already was keeps its first
    /// instant.
    /// - Throws: ``LedgerError``; none is then marked.
    public func markDelivered(ids: [Int64], at: Instant) throws {
        guard !ids.isEmpty else { return }
        try record { _ in ids.map { .alertDelivered(alert: $0, at: at) } }
    }
}
