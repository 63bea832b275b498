import Ledger
import LedgerSupport
import SLA
import Synchronization

@testable import Monitor

/// A real ledger that fails when the test wants it to: for as long as a fault lasts, or at one call.
final class FaultyLedger: MonitorLedger {
    /// What can fail.
    enum Call: CaseIterable {
        case read, commit, undelivered, markDelivered
    }

    /// What becomes of a call: it fails, or the process is killed before it or after it.
    enum Effect {
        case failure(LedgerError)
        case killBefore
        case killAfter
    }

    /// Who is killed hears nothing more.
    struct Killed: Error {}

    private struct State {
        var faults: [Call: LedgerError] = [:]
        var once: (@Sendable () throws -> Void)?
        var calls = 0
        var planned: (calls: Range<Int>, effect: Effect)?
        var isDead = false
    }

    let ledger: Ledger
    private let state = Mutex(State())

    init(_ ledger: Ledger) {
        self.ledger = ledger
    }

    var loss: LedgerLoss? { ledger.loss }
    var markProblem: String? { ledger.markProblem }

    /// From now on `call` throws `error`; nil for nothing.
    func fail(_ call: Call, _ error: LedgerError?) { state.withLock { $0.faults[call] = error } }

    /// Has `effect` at the calls numbered `calls`, from 0 on.
    func plan(_ effect: Effect, at calls: Range<Int>) { state.withLock { $0.planned = (calls, effect) } }

    /// Has `body` done before the next commit: somebody else is quicker.
    func beforeCommit(_ body: @escaping @Sendable () throws -> Void) { state.withLock { $0.once = body } }

    /// From now on all goes well.
    func heal() {
        state.withLock { state in
            state.faults = [:]
            state.planned = nil
        }
    }

    /// How often it was called.
    var calls: Int { state.withLock { $0.calls } }

    /// Whether the process that uses it was killed.
    var isDead: Bool { state.withLock { $0.isDead } }

    /// The process is started again.
    func revive() { state.withLock { $0.isDead = false } }

    /// What becomes of a call that begins now, where it does not fail or end the process.
    ///
    /// - Returns: whether the process is killed after it.
    private func begin(_ call: Call) throws -> Bool {
        let effect = try state.withLock { state -> Effect? in
            if state.isDead { throw Killed() }
            defer { state.calls += 1 }
            let planned = state.planned.flatMap { $0.calls.contains(state.calls) ? $0.effect : nil }
            return planned ?? state.faults[call].map(Effect.failure)
        }
        switch effect {
        case .failure(let error): throw error
        case nil: return false
        case .killBefore, .killAfter: state.withLock { $0.isDead = true }
        }
        if case .killBefore? = effect { throw Killed() }
        return true
    }

    private func perform<T>(_ call: Call, _ body: () throws -> T) throws -> T {
        let isLast = try begin(call)
        let result = try body()
        if isLast { throw Killed() }
        return result
    }

    func read<T>(_ body: (LedgerSnapshot) throws -> T) throws -> T {
        try perform(.read) { try ledger.read(body) }
    }

    func record(_ decide: (LedgerSnapshot) throws -> [Fact]) throws -> Recorded {
        if hasOnce, try !isMark(ledger.read(decide)) { try takeOnce()?() }
        var isLast = false
        let recorded = try ledger.record { snapshot in
            let facts = try decide(snapshot)
            // What it would record tells which call it is.
            isLast = try begin(isMark(facts) ? .markDelivered : .commit)
            return facts
        }
        if isLast { throw Killed() }
        return recorded
    }

    func undelivered(after number: Int64, limit: Int) throws -> [OutboxEntry] {
        try perform(.undelivered) { try ledger.undelivered(after: number, limit: limit) }
    }

    private func isMark(_ facts: [Fact]) -> Bool {
        for case .alertDelivered in facts { return true }
        return false
    }

    private var hasOnce: Bool { state.withLock { $0.once != nil } }

    private func takeOnce() -> (@Sendable () throws -> Void)? {
        state.withLock { state in
            defer { state.once = nil }
            return state.once
        }
    }
}
