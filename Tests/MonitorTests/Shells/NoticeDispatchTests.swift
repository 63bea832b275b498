import Ledger
import LedgerSupport
import SLA
import SLAOracle
import Synchronization
import Testing

@testable import Monitor
@testable import SLA

@Suite struct NoticeDispatchTests {
    private static let start = Instant(milliseconds: 1_790_812_800_000)

    /// What is recorded, and what becomes of it.
    private final class Office: Sendable {
        struct State {
            var version: Int64 = 0
            var due: Instant?
            var failure: LedgerError?
            var written: [Instant] = []
            var tries: [Instant] = []
            var isRefusing = false
        }

        let state = Mutex(State())
        let clock: TestClock

        init(_ clock: TestClock) { self.clock = clock }

        func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

        /// Actions that fail where the test says so; a mail server that refuses is asked again after an hour.
        var actions: NoticeDispatch.Actions {
            NoticeDispatch.Actions(
                version: { try self.checked { $0.version } },
                day: { CivilCalendar(zone: .utc).date(at: $0) },
                writePublicFiles: { now in try self.checked { $0.written.append(now) } },
                sendDue: { isGoingOn, _ in
                    try self.checked { state in
                        guard isGoingOn(), let due = state.due, due <= self.clock.now.wall else { return state.due }
                        state.tries.append(self.clock.now.wall)
                        // What came of the try is recorded as well.
                        state.version += 1
                        state.due = state.isRefusing ? self.clock.now.wall + 3_600_000 : nil
                        return state.due
                    }
                })
        }

        private func checked<Result: Sendable>(_ body: (inout State) -> Result) throws -> Result {
            try state.withLock { state in
                if let failure = state.failure { throw failure }
                return body(&state)
            }
        }
    }

    /// A year: whatever is recorded is tried once it is due, and again while it is refused; nothing is tried twice.
    @Test func aYear() {
        let clock = TestClock(Self.start)
        let (office, log) = (Office(clock), TestLog())
        var dispatch = NoticeDispatch(
            office.actions, stop: NoticeDispatch.Stop(), log: log.logger, clock: { clock.now })
        var generator = SplitMix64(seed: 5)
        var (wanted, days) = (0, Set<CivilDate>())
        for _ in 0..<(365 * 24) {
            clock.pass(3_600_000)
            if generator.once(in: 30) {
                office.set { state in
                    if state.due == nil { wanted += 1 }
                    state.due = state.due ?? clock.now.wall
                    state.version += 1
                }
            }
            let isRefusing = generator.once(in: 3)
            let isFailing = generator.once(in: 25)
            office.set { state in
                state.isRefusing = isRefusing
                state.failure = isFailing ? .busy(path: "ledger") : nil
            }
            if !isFailing { days.insert(CivilCalendar(zone: .utc).date(at: clock.now.wall)) }
            if generator.once(in: 200) {
                dispatch = NoticeDispatch(
                    office.actions, stop: NoticeDispatch.Stop(), log: log.logger, clock: { clock.now })
            }
            dispatch.turn()
        }
        office.set { state in
            (state.failure, state.isRefusing) = (nil, false)
        }
        clock.pass(3_600_000)
        dispatch.turn()
        let end = office.state.withLock { $0 }
        #expect(end.due == nil, "what is due is done")
        #expect(end.tries.count >= wanted && wanted > 100)
        #expect(Set(end.tries).count == end.tries.count)
        // The public files are new each day, as their windows pass.
        #expect(Set(end.written.map { CivilCalendar(zone: .utc).date(at: $0) }).isSuperset(of: days))
        // A reason is said once, until it changes.
        #expect(log.lines.allSatisfy { $0 == "error notices wait: ledger: locked by another program; try again" })
        #expect(!log.lines.isEmpty)
    }

    @Test func aStopBeginsNoTry() {
        let clock = TestClock(Self.start)
        let office = Office(clock)
        let stop = NoticeDispatch.Stop()
        var dispatch = NoticeDispatch(office.actions, stop: stop, log: TestLog().logger, clock: { clock.now })
        office.set { $0.due = clock.now.wall }
        stop.order()
        dispatch.turn()
        #expect(office.state.withLock { $0.tries.isEmpty && $0.written.isEmpty })
    }

    @Test func anotherConfigurationIsFollowed() {
        let clock = TestClock(Self.start)
        let (first, second) = (Office(clock), Office(clock))
        var dispatch = NoticeDispatch(
            first.actions, stop: NoticeDispatch.Stop(), log: TestLog().logger, clock: { clock.now })
        dispatch.turn()
        second.set { $0.due = clock.now.wall }
        dispatch.follow(second.actions)
        dispatch.turn()
        #expect(second.state.withLock { $0.tries.count } == 1)
    }
}
