import Ledger
import SLA

/// What the daemon asks of the ledger while it runs: a protocol, so that a test can have one that is full, locked or
/// damaged at any moment.
package protocol MonitorLedger: Sendable {
    /// See `Ledger.loss`.
    var loss: LedgerLoss? { get }
    /// See `Ledger.markProblem`.
    var markProblem: String? { get }
    /// See `Ledger.read(_:)`.
    func read<T>(_ body: (LedgerSnapshot) throws -> T) throws -> T
    /// See `Ledger.record(_:)`.
    func record(_ decide: (LedgerSnapshot) throws -> [Fact]) throws -> Recorded
    /// See `Ledger.undelivered(after:limit:)`.
    func undelivered(after number: Int64, limit: Int) throws -> [OutboxEntry]
}

extension Ledger: MonitorLedger {}
