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
            /// The number of the next call, and the one that fails, before what it does or after it.
            var call = 0
            var failing: (call: Int, isAfter: Bool)?
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
                defer { state.call += 1 }
                let failing = state.failing.flatMap { $0.call == state.call ? $0 : nil }
                if failing?.isAfter == false { throw LedgerError.busy(path: "ledger") }
                let result = body(&state)
                if failing?.isAfter == true { throw LedgerError.busy(path: "ledger") }
                return result
            }
        }
    }

    /// A try has its instant, and a notice that is late by a wrong clock is given up: both wait.
    @Test func nothingIsTriedOnAClockThatIsDoubted() {
        let clock = TestClock(Self.start)
        let office = Office(clock)
        let isDoubted = Mutex(true)
        office.set { ($0.due, $0.version) = (Self.start, 1) }
        var dispatch = NoticeDispatch(
            office.actions, stop: StopOrder(), log: TestLog().logger,
            clock: {
                let now = clock.now
                return isDoubted.withLock { isDoubted in
                    Now(wall: now.wall, monotonic: now.monotonic, expected: isDoubted ? Self.start : nil)
                }
            })
        dispatch.turn()
        #expect(office.state.withLock { $0.tries.isEmpty && $0.written.isEmpty })
        isDoubted.withLock { $0 = false }
        dispatch.turn()
        #expect(office.state.withLock { $0.tries.count == 1 && $0.written.count == 1 })
    }

    /// A year: whatever is recorded is tried once it is due, and again while it is refused; nothing is tried twice.
    @Test func aYear() {
        let clock = TestClock(Self.start)
        let (office, log) = (Office(clock), TestLog())
        var dispatch = NoticeDispatch(
            office.actions, stop: StopOrder(), log: log.logger, clock: { clock.now })
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
                    office.actions, stop: StopOrder(), log: log.logger, clock: { clock.now })
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

    /// A notice that is wanted, refused once and then taken, and another: whichever call fails, before what it does or
    /// after it, and whenever the process is started anew, in the end both are out, and the public files say so.
    @Test func everyCallFailsOnce() {
        func tell(_ failing: (call: Int, isAfter: Bool)?, restartAt restart: Int?) -> Office.State {
            let clock = TestClock(Self.start)
            let office = Office(clock)
            office.set { $0.failing = failing }
            func dispatch() -> NoticeDispatch {
                NoticeDispatch(
                    office.actions, stop: StopOrder(), log: TestLog().logger, clock: { clock.now })
            }
            var current = dispatch()
            for turn in 0..<12 {
                if turn == restart { current = dispatch() }
                if turn == 1 || turn == 6 {
                    office.set { state in
                        state.due = clock.now.wall
                        state.version += 1
                        state.isRefusing = turn == 1
                    }
                }
                if turn == 2 { office.set { $0.isRefusing = false } }
                current.turn()
                clock.pass(turn < 5 ? 1_800_000 : NoticeDispatch.interval)
            }
            return office.state.withLock { $0 }
        }
        let calls = tell(nil, restartAt: nil).call
        #expect(calls > 20)
        for call in 0..<calls {
            for isAfter in [false, true] {
                for restart in [nil, 2, 4, 7] as [Int?] {
                    let end = tell((call, isAfter), restartAt: restart)
                    #expect(end.due == nil && end.tries.count >= 2, "call \(call), \(isAfter), \(restart ?? 0)")
                    // What each try came to is public.
                    let last = end.tries.last ?? .distantFuture
                    #expect(end.written.last.map { $0 >= last - 86_400_000 } ?? false)
                }
            }
        }
    }

    @Test func aStopBeginsNoTry() {
        let clock = TestClock(Self.start)
        let office = Office(clock)
        let stop = StopOrder()
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
            first.actions, stop: StopOrder(), log: TestLog().logger, clock: { clock.now })
        dispatch.turn()
        second.set { $0.due = clock.now.wall }
        dispatch.follow(second.actions)
        dispatch.turn()
        #expect(second.state.withLock { $0.tries.count } == 1)
    }
}
