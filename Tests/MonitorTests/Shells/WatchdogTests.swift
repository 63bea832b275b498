import SLA
import Synchronization
import Testing

@testable import Monitor

@Suite struct WatchdogTests {
    private final class Signs: Sendable {
        private let count = Mutex(0)
        func add() { count.withLock { $0 += 1 } }
        func take() -> Int {
            count.withLock { count in
                defer { count = 0 }
                return count
            }
        }
    }

    @Test func progressSignsAsOftenAsIsWanted() {
        let clock = TestClock(Instant(milliseconds: 0))
        let signs = Signs()
        let watchdog = Watchdog(every: 10_000, alive: signs.add)
        watchdog.recorded(clock.now)
        watchdog.recorded(clock.now)
        #expect(signs.take() == 1)
        clock.pass(9999)
        watchdog.recorded(clock.now)
        #expect(signs.take() == 0)
        clock.pass(1)
        watchdog.recorded(clock.now)
        #expect(signs.take() == 1)
    }

    /// Recording that goes on is no progress where probing is stuck.
    @Test func aStuckSchedulerIsNotSignedFor() {
        let clock = TestClock(Instant(milliseconds: 0))
        let signs = Signs()
        let watchdog = Watchdog(every: 10_000, alive: signs.add)
        watchdog.probed(until: clock.now.monotonic + 3000)
        for _ in 0..<10 {
            clock.pass(10_000)
            watchdog.recorded(clock.now)
        }
        #expect(signs.take() == 1)
        watchdog.probed(until: clock.now.monotonic + 3000)
        watchdog.recorded(clock.now)
        #expect(signs.take() == 1)
    }

    @Test func nobodyWhoDoesNotAskIsTold() {
        let signs = Signs()
        Watchdog(every: nil, alive: signs.add).recorded(TestClock(Instant(milliseconds: 0)).now)
        #expect(signs.take() == 0)
    }
}
