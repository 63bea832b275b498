import SLA
import Testing

@testable import Monitor

@Suite struct PendingObservationsTests {
    @Test func theOldestGoWhenThereIsNoRoomAndTheLossIsCounted() {
        let pending = PendingObservations(capacity: 10)
        for second in 0..<12 { pending.add(observation("web", Instant(milliseconds: Int64(second)), .up)) }
        #expect(pending.takeDropped() == 2)
        #expect(pending.takeDropped() == 0)
        let taken = pending.take()
        #expect(taken.map(\.sample.at.milliseconds) == Array(2..<12))
        pending.add(observation("web", Instant(milliseconds: 12), .up))
        pending.putBack()
        #expect(pending.take().map(\.sample.at.milliseconds) == Array(3..<13))
        #expect(pending.takeDropped() == 1)
    }

    /// Until it is settled, what was taken is nowhere else.
    @Test func whatIsTakenIsNotKeptYet() {
        let pending = PendingObservations(capacity: 10)
        for second in 0..<8 { pending.add(observation("web", Instant(milliseconds: Int64(second)), .up)) }
        #expect(pending.surplus == 3)
        _ = pending.take(atMost: 2)
        #expect(pending.unkept.map(\.sample.at.milliseconds) == Array(0..<8))
        pending.putBack(butFirst: 1)
        #expect(pending.unkept.map(\.sample.at.milliseconds) == Array(1..<8))
        _ = pending.take(atMost: 2)
        pending.settle()
        #expect(pending.unkept.map(\.sample.at.milliseconds) == Array(3..<8))
    }
}
