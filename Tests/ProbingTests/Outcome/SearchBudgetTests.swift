import Foundation
import SLA
import Testing

@testable import Probing

@Suite struct SearchBudgetTests {
    @Test func theBudgetGoesByWhatTheThreadComputes() {
        let hands = Hands()
        let budget = SearchBudget(limit: 100, clocks: hands.clocks)
        hands.passed = 5_000_000
        hands.computed = 99
        #expect(budget.left() == 1)
        // It is not looked at again before a ms has passed.
        hands.computed = 100
        #expect(budget.left() == 1)
        hands.passed = 6_000_000
        #expect(budget.left() == 0 && budget.wasExceeded)
        // Without any it is lost by the first search, and not before.
        let none = SearchBudget(limit: 0, clocks: hands.clocks)
        #expect(!none.wasExceeded)
        #expect(none.left() == 0 && none.wasExceeded)
    }

    @Test func allSearchesOfOneAnswerShareTheirTime() throws {
        let budget = SearchBudget(limit: 10_000_000, clocks: Hands(step: 1_000_000).clocks)
        let transfer = FinishedTransfer.answer(
            headers: (0..<1000).map { _ in .init(name: "x", value: String(repeating: "a", count: 40) + "b") })
        let judge = Judge(
            expectation: Expected(headers: [.init(name: "x", matches: "^(a+)+$")]), scheme: .http, transfer: transfer,
            total: 0, now: Instant(milliseconds: 0))
        #expect(judge.outcome(within: budget).worded == .unknown("search for \"^(a+)+$\" takes too long"))
        #expect(budget.wasExceeded)
    }
}

/// Clocks that a test moves; each look moves both on by `step`.
final class Hands: @unchecked Sendable {
    // Unchecked: every access holds the lock.
    private let lock = NSLock()
    private let step: UInt64
    private var hands: (passed: UInt64, computed: UInt64) = (0, 0)

    init(step: UInt64 = 0) { self.step = step }

    var passed: UInt64 {
        get { lock.withLock { hands.passed } }
        set { lock.withLock { hands.passed = newValue } }
    }

    var computed: UInt64 {
        get { lock.withLock { hands.computed } }
        set { lock.withLock { hands.computed = newValue } }
    }

    private func move() {
        lock.withLock { hands = (hands.passed + step, hands.computed + step) }
    }

    var clocks: SearchBudget.Clocks {
        .init(
            passed: {
                self.move()
                return self.passed
            }, computed: { self.computed })
    }
}

extension FinishedTransfer {
    /// An answer with status 200.
    static func answer(headers: [Header] = [], body: [UInt8] = []) -> FinishedTransfer {
        FinishedTransfer(
            code: .ok, text: "", systemError: 0, socketError: 0, verifyResult: 0, status: 200, redirect: nil,
            times: .init(tls: 0, firstByte: 0, total: 0), headers: headers, headersEnded: true, headersTooLong: false,
            body: body, bodyBytes: body.count, bodyWasCut: false, certificates: [])
    }
}
