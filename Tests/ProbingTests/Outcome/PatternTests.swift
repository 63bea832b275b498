import Foundation
import SLA
import Testing

@testable import Probing

@Suite struct PatternTests {
    private func find(
        _ pattern: String, in text: String, limit: UInt64 = 1, clocks: SearchBudget.Clocks = Hands().clocks
    ) throws -> Patterns.Finding {
        let expression = try #require(Patterns.compile(pattern))
        return Patterns.search(for: expression, in: text, within: SearchBudget(limit: limit, clocks: clocks))
    }

    /// A page of `size` bytes at least, and what stands at its end.
    private func page(_ size: Int, _ end: String = "") -> String {
        let line = "<p>Lorem ipsum dolor sit amet, größer als 1234.</p>\n"
        return String(repeating: line, count: size / line.utf8.count + 1) + end
    }

    @Test(
        arguments: [100_000, 1_000_000],
        ["Status: (OK|FINE)", "(?i)S[a-z]+s:\\s+ok$"])
    func whatStandsAtTheEndOfALongPageIsFoundAndWhatIsAbsentIsNot(_ size: Int, _ pattern: String) throws {
        #expect(try find(pattern, in: page(size, "Status: OK")) == (pattern.hasSuffix("$") ? .foundByTheEnd : .found))
        #expect(try find(pattern, in: page(size)) == .notFound)
    }

    @Test(arguments: ["(a+)+$", "^(a+)+$", "(a|aa)+$"])
    func aSearchThatTakesAgesIsGivenUpWhenItsTimeIsOver(_ pattern: String) throws {
        let text = String(repeating: "a", count: 60) + "b"
        let hands = Hands(step: 1_000_000)
        #expect(try find(pattern, in: text, limit: 100_000_000, clocks: hands.clocks) == .tooSlow)
        #expect(hands.passed < 200_000_000)
    }

    /// ICU leaves a start after so many operations and calls it no match, although there is one.
    @Test func whatICULeavesWithoutAWordIsNoAnswer() throws {
        let text = String(repeating: "a", count: 40) + "b"
        let pattern = "^(?:(a+)+c|a+b)$"
        #expect(try find(pattern, in: text, limit: .max, clocks: SearchBudget.Clocks()) == .tooSlow)
        #expect(try find("^(?:(a+)+c|a+b)", in: String(repeating: "a", count: 10) + "b") == .found)
    }

    @Test func aStartIsOverWhereTwoReportsAreNear() {
        var watch = StartWatch(used: 0)
        watch.report(passed: 60_000_000, used: 60_000_000)
        watch.report(passed: 60_009_999, used: 60_009_999)
        watch.report(passed: 160_009_998, used: 160_009_998)
        #expect(!watch.mayHaveGivenUp)
        watch.end(used: 160_009_999)
        #expect(watch.mayHaveGivenUp)
    }

    /// ICU's stack is full before any time is over.
    @Test(arguments: ["(a+)+$", "(a|b)*c"])
    func whatICUGivesUpIsNoAnswer(_ pattern: String) throws {
        #expect(try find(pattern, in: String(repeating: "a", count: 1_000_000) + "b") == .tooSlow)
    }

    @Test func theBudgetGoesByWhatTheThreadComputes() {
        let hands = Hands()
        let budget = SearchBudget(limit: 100, clocks: hands.clocks)
        hands.passed = 5_000_000
        hands.computed = 99
        #expect(!budget.isExhausted())
        // It is not looked at again before a ms has passed.
        hands.computed = 100
        #expect(!budget.isExhausted())
        hands.passed = 6_000_000
        #expect(budget.isExhausted() && budget.wasExceeded)
        // Without any it is lost by the first search, and not before.
        let none = SearchBudget(limit: 0, clocks: hands.clocks)
        #expect(!none.wasExceeded)
        #expect(none.isExhausted() && none.wasExceeded)
    }

    /// What would perhaps not match any more where the text went on is told from what would.
    @Test(arguments: [
        ("Acme", Patterns.Finding.found), ("Ac.*", .found), ("Acme$", .foundByTheEnd), ("Acme\\Z", .foundByTheEnd),
        ("^(?!.*error)", .foundByTheEnd), ("^(?!x)pa", .found), ("Corp", .notFound),
    ])
    func aMatchByTheEndOfTheTextIsTold(_ pattern: String, _ finding: Patterns.Finding) throws {
        #expect(try find(pattern, in: "page of Acme") == finding)
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
