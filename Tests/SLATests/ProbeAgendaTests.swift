import Testing
import Wording

@testable import SLA

/// Hours of probing on a clock of the test's own: what the samples say of a service that hangs, is slow, refuses, or
/// answers, at every rhythm.
@Suite struct ProbeAgendaTests {
    /// How a service treats a probe.
    enum Manner: CaseIterable {
        /// It never answers: the probe takes its whole timeout, and a little more.
        case hangs
        /// It answers a little before the timeout.
        case slow
        case refuses
        case healthy

        func duration(timeout: Milliseconds) -> Milliseconds {
            switch self {
            case .hangs: timeout + 2
            case .slow: max(1, timeout - 3)
            case .refuses, .healthy: 1
            }
        }

        var state: SampleState { self == .hangs || self == .refuses ? .down : .up }
    }

    private static let id = CheckID(service: "acme-web", check: "default")

    /// The samples of a check that is probed for `duration` ms, on a clock that moves from one event to the next.
    private func samples(
        _ entry: ProbeAgenda.Entry, timeout: Milliseconds, _ manner: Manner, for duration: Milliseconds,
        isWaiting: Bool = false
    ) -> (taken: [Sample], recorded: [Sample]) {
        var now = Now(wall: Instant(milliseconds: 1_790_000_000_123), monotonic: MonotonicInstant(nanoseconds: 77))
        let end = now.wall + duration
        var agenda = ProbeAgenda()
        agenda.replace([entry], now: now)
        var underWay: (sample: Sample, ends: MonotonicInstant)?
        var (taken, recorded): ([Sample], [Sample]) = ([], [])
        while let turn = agenda.nextTurn, now.wall < end {
            let next = underWay.map { min($0.ends, turn) } ?? turn
            // As clocks do: the wall's moves with the other.
            let moved = Int64(next.nanoseconds) - Int64(now.monotonic.nanoseconds)
            now = Now(wall: now.wall + (moved + 999_999) / 1_000_000, monotonic: next)
            if let ended = underWay, ended.ends <= now.monotonic {
                taken.append(ended.sample)
                underWay = nil
                agenda.ended(entry.check, ended.sample.state, now: now)
                continue
            }
            for action in agenda.takeDue(now: now, isWaiting: { _ in isWaiting }) {
                switch action {
                case .begin:
                    #expect(underWay == nil)
                    let ends = now.monotonic + manner.duration(timeout: timeout)
                    underWay = (Sample(at: now.wall, state: manner.state), ends)
                case .record(_, let at, _): recorded.append(Sample(at: at, state: .unknown))
                }
            }
        }
        return (taken, recorded)
    }

    private static let intervals: [Milliseconds] = [
        1000, 2000, 3000, 5000, 7000, 10_000, 15_000, 20_000, 25_000, 30_000, 45_000, 60_000, 90_000, 120_000, 300_000,
    ]

    /// Every rhythm that a configuration may ask for: timeouts and retries from a tenth of the interval to all of it.
    @Test(arguments: intervals, Manner.allCases)
    func whatIsMeasuredIsWhatHappened(_ interval: Milliseconds, _ manner: Manner) {
        let parts = [1, 2, 4, 5, 8, 9, 10] as [Milliseconds]
        for timeout in parts.map({ interval * $0 / 10 }) + [min(10_000, interval)] {
            for retry in parts.map({ interval * $0 / 10 }) + [min(10_000, interval)] {
                for confirm in [1, 2, 3, 5, 10] {
                    let entry = ProbeAgenda.Entry(
                        check: Self.id, interval: interval, retryInterval: retry, confirm: confirm)
                    let (taken, recorded) = samples(entry, timeout: timeout, manner, for: interval * 30)
                    let rhythm = "interval \(interval), timeout \(timeout), retry \(retry), confirm \(confirm)"
                    // One probe at a time, and no due time is missed for it.
                    #expect(recorded.isEmpty, "\(rhythm)")
                    #expect(taken.count >= 14, "\(rhythm)")
                    // Nothing between two probes is unmeasured, and the outage is one, from the first sample on.
                    var timeline = CheckTimeline(staleAfter: 2 * interval + timeout, confirm: confirm)
                    for sample in taken { timeline.append(sample) }
                    guard let first = taken.first, let last = taken.last, let seen = Interval(first.at, last.at) else {
                        Issue.record("\(rhythm): no samples")
                        continue
                    }
                    let whole = IntervalSet(seen)
                    let found = manner.state == .down ? timeline.spans().down : timeline.spans().up
                    #expect(found.intersection(whole) == whole, "\(rhythm)")
                }
            }
        }
    }

    /// A probe that still waits for its turn when the next is due is the monitor's lateness, and nothing else is.
    @Test func onlyWaitingIsLateness() {
        let entry = ProbeAgenda.Entry(check: Self.id, interval: 10_000, retryInterval: 10_000, confirm: 2)
        let (taken, recorded) = samples(entry, timeout: 25_000, .hangs, for: 600_000, isWaiting: true)
        #expect(recorded.count == 2 * taken.count || recorded.count == 2 * taken.count + 2)
        #expect(samples(entry, timeout: 25_000, .hangs, for: 600_000).recorded.isEmpty)
    }

    private let start = Now(wall: Instant(milliseconds: 1_000_000), monotonic: MonotonicInstant(nanoseconds: 0))

    private func later(_ duration: Milliseconds) -> Now {
        Now(wall: start.wall + duration, monotonic: start.monotonic + duration)
    }

    /// Asleep over many due times: said once, at the first of them, unless a transfer was under way all the time.
    @Test func aStandstillIsSaidOnce() throws {
        let entry = ProbeAgenda.Entry(check: Self.id, interval: 1000, retryInterval: 1000, confirm: 2)
        var agenda = ProbeAgenda()
        agenda.replace([entry], now: start)
        let actions = agenda.takeDue(now: later(15_000), isWaiting: { _ in false })
        #expect(actions.count == 2 && actions.last == .begin(Self.id))
        guard case .record(Self.id, let at, let cause)? = actions.first else {
            Issue.record("nothing is recorded")
            return
        }
        #expect((start.wall..<later(1000).wall).contains(at))
        #expect(cause.english.hasPrefix("the monitor was late and missed 14 due times"))
        #expect(agenda.takeDue(now: later(30_000), isWaiting: { _ in false }).isEmpty)
    }

    /// A reload neither begins a second probe of a check, nor forgets that a failure is to be confirmed.
    @Test func aReloadKeepsWhatIsUnderWay() throws {
        let entry = ProbeAgenda.Entry(check: Self.id, interval: 60_000, retryInterval: 1000, confirm: 3)
        var agenda = ProbeAgenda()
        agenda.replace([entry], now: start)
        #expect(agenda.takeDue(now: later(60_000), isWaiting: { _ in false }) == [.begin(Self.id)])
        agenda.replace([entry], now: later(60_001))
        #expect(agenda.takeDue(now: later(120_000), isWaiting: { _ in false }).isEmpty)
        agenda.ended(Self.id, .down, now: later(120_001))
        agenda.replace([entry], now: later(120_002))
        #expect(agenda.nextTurn.map { $0 <= later(121_021).monotonic } == true)
        // One that left while it was probed, and comes back, is not probed twice at once.
        #expect(agenda.takeDue(now: later(121_021), isWaiting: { _ in false }) == [.begin(Self.id)])
        agenda.replace([], now: later(121_022))
        #expect(agenda.nextTurn == nil)
        agenda.replace([entry], now: later(121_023))
        #expect(agenda.takeDue(now: later(240_000), isWaiting: { _ in false }).isEmpty)
        agenda.ended(Self.id, .up, now: later(240_001))
        #expect(agenda.takeDue(now: later(300_000), isWaiting: { _ in false }) == [.begin(Self.id)])
    }
}
