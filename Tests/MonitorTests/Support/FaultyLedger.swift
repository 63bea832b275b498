import Ledger
import LedgerSupport
import SLA
import Synchronization

@testable import Monitor

/// A real ledger that fails when the test wants it to.
final class FaultyLedger: MonitorLedger {
    /// What can fail.
    enum Call: CaseIterable {
        case read, commit, undelivered, markDelivered
    }

    let ledger: Ledger
    private let faults = Mutex<[Call: LedgerError]>([:])
    private let once = Mutex<(@Sendable () throws -> Void)?>(nil)

    init(_ ledger: Ledger) {
        self.ledger = ledger
    }

    /// From now on `call` throws `error`; nil for nothing.
    func fail(_ call: Call, _ error: LedgerError?) { faults.withLock { $0[call] = error } }

    /// Has `body` done before the next commit: somebody else is quicker.
    func beforeCommit(_ body: @escaping @Sendable () throws -> Void) { once.withLock { $0 = body } }

    /// From now on all goes well.
    func heal() { faults.withLock { $0 = [:] } }

    private func fault(_ call: Call) throws {
        if let error = faults.withLock({ $0[call] }) { throw error }
    }

    func read<T>(_ body: (LedgerSnapshot) throws -> T) throws -> T {
        try fault(.read)
        return try ledger.read(body)
    }

    func record(_ decide: (LedgerSnapshot) throws -> [Fact]) throws -> Recorded {
        var isMark = false
        // What it would record tells which call it is.
        let facts = try ledger.read(decide)
        for case .alertDelivered in facts { isMark = true }
        try fault(isMark ? .markDelivered : .commit)
        let body =
            isMark
            ? nil
            : once.withLock { once in
                defer { once = nil }
                return once
            }
        try body?()
        return try ledger.record(decide)
    }

    func undelivered(limit: Int) throws -> [OutboxEntry] {
        try fault(.undelivered)
        return try ledger.undelivered(limit: limit)
    }
}
