import SLA
import Testing

@testable import SLA

/// When references are asked besides their own rhythm: where a failure is about to be confirmed (semantics §10).
@Suite struct ReferenceQuestionTests {
    private static let web = CheckID(service: "acme-web", check: "default")
    private static let reference = SightWorld.reference("4a").id

    private let start = Now(wall: Instant(milliseconds: 1_000_000), monotonic: MonotonicInstant(nanoseconds: 0))

    private func later(_ duration: Milliseconds) -> Now {
        Now(wall: start.wall + duration, monotonic: start.monotonic + duration)
    }

    /// A check and a reference, an hour before either is due by itself, each probed every day.
    private func agenda(confirm: Int) -> ProbeAgenda {
        var agenda = ProbeAgenda()
        let day: Milliseconds = 86_400_000
        agenda.replace(
            [
                ProbeAgenda.Entry(check: Self.web, interval: day, retryInterval: day, confirm: confirm),
                ProbeAgenda.Entry(
                    check: Self.reference, interval: day, retryInterval: 5000, confirm: .max, isReference: true),
            ], now: start)
        return agenda
    }

    /// Which of the two begins within the next `span` ms of `now`.
    private func begun(_ agenda: inout ProbeAgenda, _ now: Milliseconds, within span: Milliseconds = 20) -> [CheckID] {
        agenda.takeDue(now: later(now + span), isWaiting: { _ in false }).compactMap { action in
            if case .begin(let check) = action { check } else { nil }
        }
    }

    @Test(arguments: [1, 2, 3])
    func theFailureBeforeTheLastAsksAndSoDoesTheLast(confirm: Int) {
        var agenda = agenda(confirm: confirm)
        var asked: [Int] = []
        for failure in 1...5 {
            let now = Milliseconds(failure) * 10_000
            agenda.ended(Self.web, .down, now: later(now))
            guard begun(&agenda, now) == [Self.reference] else { continue }
            asked.append(failure)
            agenda.ended(Self.reference, .up, now: later(now + 100))
        }
        #expect(asked == (confirm == 1 ? [1] : [confirm - 1, confirm]))
    }

    @Test func manyFailuresAskOnceASecond() {
        var agenda = agenda(confirm: 1)
        var asked: [Milliseconds] = []
        for now in stride(from: 0, to: 4000, by: 100) as StrideTo<Milliseconds> {
            agenda.ended(Self.web, .up, now: later(now))
            agenda.ended(Self.web, .down, now: later(now))
            guard !begun(&agenda, now, within: 0).isEmpty else { continue }
            asked.append(now)
            agenda.ended(Self.reference, .up, now: later(now + 1))
        }
        #expect(asked == [0, 1000, 2000, 3000])
    }

    /// What is under way may have been asked before the failure.
    @Test func aQuestionThatIsUnderWayIsAskedAgain() {
        var agenda = agenda(confirm: 1)
        agenda.ended(Self.web, .down, now: later(0))
        #expect(begun(&agenda, 0) == [Self.reference])
        agenda.ended(Self.web, .up, now: later(1000))
        agenda.ended(Self.web, .down, now: later(2000))
        #expect(begun(&agenda, 2000).isEmpty)
        agenda.ended(Self.reference, .up, now: later(3000))
        #expect(begun(&agenda, 3000) == [Self.reference])
        agenda.ended(Self.reference, .up, now: later(3100))
        #expect(begun(&agenda, 3100, within: 3000).isEmpty)
    }

    /// A reference that does not answer is asked until it does, however often it has failed.
    @Test(arguments: [SampleState.down, .unknown])
    func whoDoesNotAnswerIsAskedAgainSoon(_ state: SampleState) {
        var agenda = agenda(confirm: 1)
        agenda.ended(Self.web, .down, now: later(0))
        #expect(begun(&agenda, 0) == [Self.reference])
        for turn in 1...20 as ClosedRange<Milliseconds> {
            agenda.ended(Self.reference, state, now: later(turn * 6000))
            #expect(begun(&agenda, turn * 6000, within: 4900).isEmpty)
            #expect(begun(&agenda, turn * 6000, within: 5100) == [Self.reference])
        }
        agenda.ended(Self.reference, .up, now: later(130_000))
        #expect(begun(&agenda, 130_000, within: 60_000).isEmpty)
    }
}
