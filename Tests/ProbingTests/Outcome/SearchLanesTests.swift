import Foundation
import SLA
import Testing

@testable import Probing

@Suite struct SearchLanesTests {
    private func judge(_ pattern: String, _ body: String, status: Int = 200) -> Judge {
        var transfer = FinishedTransfer.answer(body: Array(body.utf8))
        transfer.status = status
        return Judge(
            expectation: Expected(bodyMatches: pattern), scheme: .http, transfer: transfer, total: 0,
            now: Instant(milliseconds: 0))
    }

    private func outcome(_ lanes: SearchLanes, _ judge: Judge) async -> WordedOutcome {
        await withCheckedContinuation { continuation in
            lanes.judge(judge) { continuation.resume(returning: $0.worded) }
        }
    }

    private let slow = String(repeating: "a", count: 60) + "b"
    private let tooSlow = WordedOutcome.unknown("search for \"Acme$\" takes too long")

    /// A step for which the first lane has budget for four looks, the second for 32, and the third for 320.
    private let step = SearchLanes.limits[0] / 4
    /// It has some five hundred slices, between which the clock is looked at.
    private let long = String(repeating: "A", count: 1 << 20)

    @Test func whatIsTooLongForALaneIsFoundInTheNext() async {
        let lanes = SearchLanes(room: 1 << 20, clocks: Hands(step: step).clocks)
        // Ten slices, as many looks.
        let found = judge("Acme$", String(repeating: "A", count: 20_000) + "Acme")
        #expect(await outcome(lanes, found) == .up)
        #expect(await outcome(lanes, judge("Acme$", long)) == tooSlow)
        // Nothing of it waits any more, so there is room for the next.
        for _ in 0..<50 { #expect(await outcome(lanes, found) == .up) }
    }

    @Test func forWhatThereIsNoRoomNobodyWaits() async {
        let lanes = SearchLanes(room: long.utf8.count - 1, clocks: Hands(step: step).clocks)
        #expect(await outcome(lanes, judge("Acme$", long)) == tooSlow)
        #expect(await outcome(lanes, judge("^b", "b")) == .up)
    }

    /// What needs no search is known although searches for the expectation take ages.
    @Test func aStatusIsJudgedAllTheSame() async {
        let lanes = SearchLanes(room: 0, clocks: Hands(step: step).clocks)
        #expect(await outcome(lanes, judge("Acme$", long)) == tooSlow)
        #expect(await outcome(lanes, judge("Acme$", long, status: 503)) == .down("status 503, expected 200-399"))
    }

    /// A hundred expressions that each take ages do so once in the first lane, for the time of a look, and then in the
    /// last.
    @Test func whatTakesAgesIsKnownByItsLane() async throws {
        let lanes = SearchLanes(room: 1 << 20)
        let outcomes = Seen()
        for index in 0..<100 { lanes.judge(judge("^(a+)+$|\(index)", slow)) { outcomes.add($0.worded.cause ?? "up") } }
        for _ in 0..<100 { lanes.judge(judge("b$", slow)) { outcomes.add($0.worded.cause ?? "up") } }
        try await eventually { outcomes.all.filter { $0 == "up" }.count == 100 }
        let last = try #require(outcomes.all.lastIndex(of: "up"))
        #expect(last < 199, "all that take ages were over before")
    }

    @Test func manyThatTakeAgesHoldNobodyUp() async {
        let lanes = SearchLanes(room: 1 << 20)
        let outcomes = Seen()
        for index in 0..<100 {
            // Two that take ages, each of which would by itself take longer than all the others.
            let one = index % 50 == 0 ? judge("^(a+)+$", slow) : judge("b$", slow)
            lanes.judge(one) { outcomes.add($0.state == .up ? "up" : $0.worded.cause ?? "") }
        }
        try? await eventually { outcomes.all.filter { $0 == "up" }.count == 98 }
        #expect(outcomes.all.filter { $0 == "up" }.count == 98)
    }
}
