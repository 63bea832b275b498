import Curl
import Foundation
import SLA
import Testing

@testable import Probing

@Suite struct LatenessMeterTests {
    private func at(_ milliseconds: UInt64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
    }

    /// Each standstill is counted once, from when the turn was due, however many turns look at it.
    @Test func latenessIsCountedOnce() {
        var lateness = LatenessMeter(at(0))
        #expect(lateness.beginTurn(at: at(10), due: nil) == 0)
        #expect(lateness.beginTurn(at: at(20), due: at(250)) == 0)
        #expect(lateness.beginTurn(at: at(400), due: at(250)) == 150)
        #expect(lateness.beginTurn(at: at(430), due: at(250)) == 30)
        #expect(lateness.beginTurn(at: at(430), due: at(250)) == 0)
        #expect(lateness.beginTurn(at: at(500), due: at(700)) == 0)
        #expect(lateness.beginTurn(at: at(720), due: at(700)) == 20)
        #expect(lateness.lost == 200_000_000)
    }

    /// A busy engine has always something due, and is there all the time: nobody gets twice his time by that.
    @Test func manyTurnsAfterEachOtherLoseNothing() {
        var lateness = LatenessMeter(at(0))
        for turn in 1...1000 as ClosedRange<UInt64> {
            #expect(lateness.beginTurn(at: at(19 * turn), due: at(0)) == 0)
        }
        #expect(lateness.lost == 0)
    }

    /// A process may be stopped in the middle of a turn; one that is busy is there.
    @Test func aTurnThatStoodStillIsLost() {
        var lateness = LatenessMeter(at(0))
        #expect(lateness.beginTurn(at: at(100), due: at(100)) == 0)
        #expect(lateness.recheck(at: at(119), computed: 0) == 0)
        #expect(lateness.beginTurn(at: at(150), due: at(250)) == 0)
        #expect(lateness.recheck(at: at(199), computed: 45_000_000) == 0)
        #expect(lateness.beginTurn(at: at(200), due: at(250)) == 0)
        #expect(lateness.recheck(at: at(3205), computed: 5_000_000) == 3000)
        // What was to be done meanwhile is not late for the same time again.
        #expect(lateness.beginTurn(at: at(3230), due: at(250)) == 25)
        #expect(lateness.lost == 3_025_000_000)
    }

    /// A standstill excuses the failure of what it touched where it took a good part of its time.
    @Test(
        arguments: [
            (10_000, 999, false), (10_000, 1000, true), (2400, 599, false), (2400, 600, true), (1000, 499, false),
            (1000, 500, true), (100, 499, false), (100, 500, true), (300_000, 1000, true),
        ] as [(Milliseconds, Milliseconds, Bool)])
    func whatDecidesNothing(_ timeout: Milliseconds, _ standstill: Milliseconds, _ isNothing: Bool) {
        #expect(LatenessMeter.isInconclusive(standstill, timeout: timeout) == isNothing)
    }

    /// Holds the engine's queue up, as a stopped process would be.
    private func stall(_ engine: ProbeEngine, _ seconds: Double, _ begun: @escaping @Sendable () -> Void = {}) {
        engine.queue.queue.async {
            begun()
            Thread.sleep(forTimeInterval: seconds)
        }
    }

    @Test func whatHangsWhileTheEngineIsAwayIsNotDown() async throws {
        let server = try LoopbackServer { $0.hang() }
        let engine = try engine()
        async let result = engine.probe(request(server.url, timeout: 4000))
        try await eventually { server.accepted == 1 }
        stall(engine, 2)
        let state = try await result
        #expect(state.state == .unknown)
        #expect(state.cause?.hasPrefix("the monitor stood still for ") == true, "\(state.cause ?? "up")")
        #expect(state.observation.phases == ProbePhases())
    }

    /// What the peer did in time is not late because the engine was.
    @Test func whatAnswersWhileTheEngineIsAwayIsUpAndNobodyKnowsHowFast() async throws {
        let (asked, stalled) = (Seen(), Seen())
        let server = try LoopbackServer { connection in
            let number = asked.all.count + 1
            asked.add("asked")
            while stalled.all.count < number { usleep(1000) }
            connection.answer()
        }
        let engine = try engine()
        var specification = try request(server.url, timeout: 4000)
        specification.specification.expect.maximumLatency = 500
        async let result = engine.probe(specification)
        try await eventually { asked.all.count == 1 }
        stall(engine, 2) { stalled.add("now") }
        let found = await result
        // The answer was good; that it came late is the engine's doing, which says nothing of the service.
        #expect(found.state == .unknown)
        #expect(found.observation.phases == ProbePhases())
        async let other = engine.probe(request(server.url, timeout: 4000))
        try await eventually { asked.all.count == 2 }
        stall(engine, 2) { stalled.add("now") }
        let up = try await other
        #expect(up.state == .up && up.cause == nil)
        #expect(up.observation.phases == ProbePhases())
    }

    /// A good answer after a standstill is the sample's where it was heard in time. One that was heard later may have been
    /// asked for after the standstill, and says nothing of the sample's instant.
    @Test(
        arguments: [
            (0, 2103, SampleState.up), (499, 2103, .up), (500, 899, .up), (500, 900, .up), (500, 901, .unknown),
            (2100, 2103, .unknown),
        ] as [(Milliseconds, UInt64, SampleState)])
    func anAnswerIsOfItsInstant(_ standstill: Milliseconds, _ end: UInt64, _ state: SampleState) throws {
        let asked = try request("http://127.0.0.1/", timeout: 900)
        let began = Now(wall: Instant(milliseconds: 63_184), monotonic: at(0))
        let probe = ActiveProbe(
            id: 1, request: asked, policy: .publicOnly, url: try #require(CurlURL(asked.specification)), at: began,
            began: began.monotonic, clock: { began }, completion: { _ in })
        probe.longestStandstill = standstill
        let sample = probe.result(.up, now: at(end)).observation.sample
        #expect(sample == Sample(at: Instant(milliseconds: 63_184), state: state))
    }

    /// A latency that is too long only by what the engine was late says nothing of the service.
    @Test(
        arguments: [
            (900_000, 0, SampleState.down, "latency 900 ms, at most 500 ms"),
            (900_000, 399_000, .down, "latency 900 ms, at most 500 ms"),
            (900_000, 400_000, .unknown, "the monitor was 0.400 s late to hear the answer"),
            (500_000, 0, .up, nil),
        ] as [(Int64, Int64, SampleState, String?)])
    func latencyIsTheServicesOwn(_ total: Int64, _ lost: Int64, _ state: SampleState, _ cause: String?) {
        let transfer = FinishedTransfer(
            code: .ok, text: "", systemError: 0, socketError: 0, verifyResult: 0, status: 200, redirect: nil,
            times: .init(tls: 0, firstByte: 2, total: total), headers: [],
            headersEnded: true, headersTooLong: false, body: [], bodyBytes: 0, bodyWasCut: false, certificates: [])
        let judge = Judge(
            expectation: Expected(maximumLatency: 500), scheme: .http, transfer: transfer, total: total, lost: lost,
            now: Instant(milliseconds: 0))
        #expect(judge.outcome(within: SearchBudget(limit: 0)).worded == WordedOutcome(state: state, cause: cause))
    }

    /// Somebody who begins after the standstill has nothing to do with it.
    @Test func whatBeginsAfterwardsIsMeasuredAsEver() async throws {
        let server = try LoopbackServer { $0.hang() }
        let engine = try engine()
        engine.probe(try request(server.url, timeout: 60_000)) { _ in }
        try await eventually { server.accepted == 1 }
        stall(engine, 1)
        let result = try await engine.probe(request(server.url, timeout: 400))
        #expect(result.state == .down)
        #expect(result.cause == "timeout after 0.400 s while waiting for the first byte")
        #expect(!result.isQuick)
        // libcurl did nothing for it in the end: how long it took is what our own clock says.
        #expect(result.observation.phases.total.map { $0 >= 400_000 } == true)
        await engine.cancelAll()
    }
}
