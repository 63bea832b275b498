import Foundation
import SLA
import Testing

@testable import Probing

@Suite struct BodyBudgetTests {
    private func append(_ count: Int, to holder: UInt64, _ budget: BodyBudget) {
        [UInt8](repeating: UInt8(truncatingIfNeeded: holder), count: count).withUnsafeBytes {
            budget.append($0, to: holder)
        }
    }

    @Test func theOneThatHasBeenComingForLongestIsLetGo() {
        let budget = BodyBudget(limit: 100)
        for holder in 1...3 as ClosedRange<UInt64> {
            budget.begin(holder, most: 100)
            append(30, to: holder, budget)
        }
        append(20, to: 3, budget)
        // The first one's room went to the third.
        #expect(budget.held == 90)
        #expect(budget.finish(1) == nil)
        // Now there is nobody older than the one that asks.
        append(60, to: 2, budget)
        #expect(budget.finish(2) == nil)
        #expect(budget.finish(3)?.count == 50)
        for holder in 1...3 as ClosedRange<UInt64> { budget.release(holder) }
        #expect(budget.held == 0 && budget.most == 90)
    }

    @Test func whatIsCompleteStaysUntilItIsReleased() {
        let budget = BodyBudget(limit: 100)
        budget.begin(1, most: 100)
        append(80, to: 1, budget)
        #expect(budget.finish(1)?.count == 80)
        budget.begin(2, most: 100)
        append(20, to: 2, budget)
        append(1, to: 2, budget)
        #expect(budget.held == 80)
        // What was let go stays so, although there is room now.
        budget.release(1)
        append(1, to: 2, budget)
        #expect(budget.finish(2) == nil && budget.held == 0)
        budget.begin(2, most: 100)
        #expect(budget.finish(2)?.isEmpty == true)
    }

    @Test(arguments: 0..<15 as Range<UInt64>)
    func theLineIsOneByWhoCameFirst(_ seed: UInt64) {
        var numbers = AdmissionTests.Numbers(state: seed)
        var line = BodyLine()
        var expected: [UInt64] = []
        for _ in 0..<500 {
            let id = UInt64.random(in: 0..<8, using: &numbers)
            if !expected.contains(id) {
                line.append(id)
                expected.append(id)
            } else {
                line.remove(id)
                expected.removeAll { $0 == id }
            }
            #expect(line.first == expected.first)
        }
        var rest: [UInt64] = []
        while let first = line.first {
            rest.append(first)
            line.remove(first)
        }
        #expect(rest == expected)
    }

    /// Bytes are their holder's own and all of them, and never more than the budget has.
    @Test(arguments: 0..<15 as Range<UInt64>)
    func theBudgetHoldsWhateverHappens(_ seed: UInt64) {
        var numbers = AdmissionTests.Numbers(state: seed)
        let budget = BodyBudget(limit: 1000)
        var reading: [(holder: UInt64, count: Int)] = []
        var complete: Set<UInt64> = []
        for turn in 0..<1000 {
            let holder = UInt64.random(in: 0..<12, using: &numbers)
            let place = reading.firstIndex { $0.holder == holder }
            switch Int.random(in: 0..<10, using: &numbers) {
            case 0 where place == nil && !complete.contains(holder):
                budget.begin(holder, most: 400)
                reading.append((holder, 0))
            case 1:
                let bytes = budget.finish(holder)
                if let place {
                    #expect(bytes == nil || bytes?.count == reading[place].count)
                } else {
                    #expect(bytes == nil)
                }
                if let bytes {
                    #expect(bytes.allSatisfy { $0 == UInt8(holder) })
                    reading.removeAll { $0.holder == holder }
                    complete.insert(holder)
                }
            case 2:
                budget.release(holder)
                reading.removeAll { $0.holder == holder }
                complete.remove(holder)
            default:
                guard let place else { continue }
                let count = min(Int.random(in: 1...60, using: &numbers), 400 - reading[place].count)
                guard count > 0 else { continue }
                append(count, to: holder, budget)
                let entry = reading.remove(at: place)
                reading.append((holder, entry.count + count))
            }
            #expect(budget.held <= 1000, "turn \(turn)")
        }
        for holder in 0..<12 as Range<UInt64> { budget.release(holder) }
        #expect(budget.held == 0)
        #expect(budget.most > 800)
    }
}

@Suite struct HeldBodyTests {
    @Test func healthyBodiesDoNotSufferFromThoseThatStall() async throws {
        let page = String(repeating: "x", count: 40_000)
        let sent = Seen()
        let stalled = try LoopbackServer { connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n" + page)
            sent.add("page")
            connection.hang()
        }
        let healthy = try LoopbackServer { $0.answer(body: page + "Acme") }
        let engine = try engine(limits: ProbeLimits(heldBytes: 200_000))
        let expect = Expected(bodyMatches: "Acme$")
        async let stuck = probeAll(
            engine, (0..<10).map { _ in try request(stalled.url, timeout: 5000, expect: expect) })
        // They want twice of what there is, so some of them are let go for others.
        try await eventually { await engine.heldBytes.most > 100_000 && sent.all.count == 10 }
        // In the turns that these take, all that was sent is read.
        for _ in 0..<5 { #expect(try await engine.probe(request(healthy.url)).state == .up) }
        for _ in 0..<5 {
            let results = await probeAll(engine, try (0..<2).map { _ in try request(healthy.url, expect: expect) })
            #expect(results.compactMap(\.cause).isEmpty && results.count == 2)
        }
        let ended = try await stuck
        #expect(ended.map(\.cause) == Array(repeating: "timeout after 5 s while reading the body", count: 10))
        #expect(ended.allSatisfy { $0.state == .down })
        #expect(await engine.heldBytes.now == 0)
        #expect(await engine.heldBytes.most <= 200_000)
    }

    @Test func aBodyThatWasLetGoAndCompletesAfterAllIsOurFault() async throws {
        let gate = Seen()
        let page = String(repeating: "x", count: 20_000)
        let stalled = try LoopbackServer { connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 20004\r\n\r\n" + page)
            while gate.all.isEmpty { usleep(5000) }
            connection.send("Acme")
        }
        let healthy = try LoopbackServer { $0.answer(body: page + page + "Acme") }
        let engine = try engine(limits: ProbeLimits(heldBytes: 50_000))
        let results = Seen()
        let expect = Expected(bodyContains: ["Acme"], bodyMatches: "Acme$")
        engine.probe(try request(stalled.url, expect: expect)) { results.add("\($0.state): \($0.cause ?? "")") }
        try await eventually { await engine.heldBytes.now > 0 }
        #expect(try await engine.probe(request(healthy.url, expect: expect)).cause == nil)
        gate.add("open")
        try await eventually { !results.all.isEmpty }
        #expect(results.all == ["unknown: no room was left to hold the body in which to search for \"Acme$\""])
        // Of itself it can be held, and what needs no expression is never held.
        #expect(try await engine.probe(request(stalled.url, expect: expect)).cause == nil)
        let most = await engine.heldBytes.most
        #expect(most <= 50_000)
        let narrow = try ProbingTests.engine(limits: ProbeLimits(heldBytes: 1))
        #expect(try await narrow.probe(request(healthy.url, expect: Expected(bodyContains: ["xAcme"]))).cause == nil)
        #expect(await narrow.heldBytes.most == 0)
    }

    @Test func aRedirectsBodyIsReleased() async throws {
        let target = try LoopbackServer { $0.answer(body: "Acme") }
        let server = try LoopbackServer {
            $0.answer("302 Found", headers: ["Location: \(target.url)"], body: String(repeating: "x", count: 900))
        }
        // Both bodies together have no room.
        let engine = try engine(limits: ProbeLimits(heldBytes: 900))
        let result = try await engine.probe(request(server.url, redirects: 1, expect: Expected(bodyMatches: "^Acme$")))
        #expect(result.cause == nil)
        #expect(await engine.heldBytes.now == 0)
    }
}
