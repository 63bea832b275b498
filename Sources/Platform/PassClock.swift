import SLA
import Synchronization

/// The clocks of this machine, with the pass of the wall clock: it says when that was set back, so that two
/// observations of one instant of the wall stay two (semantics §3.1). One is shared by all that observe.
///
/// - **Set back by 100 ms or more**: another pass begins. The one before ended at the step, by its own clock.
/// - **Set back by less**, which is what time keeping does: the clock stands still until it is where it was.
/// - **Set forth by a minute or more**: another pass begins as well, and the one before ended likewise. Where the clock
///   was wrong and is set back again, the time in between belongs to no pass, and nothing is lost but what was seen then.
///
/// It says besides whether the wall clock is believed: see ``ClockTrust``.
///
/// It is there before the record is, which may be waited for. Its passes have negative numbers until
/// ``goOn(in:next:after:)`` tells them their own; ``number(_:)`` gives those to what was seen before.
public final class PassClock: Sendable {
    private static let leastBack: Milliseconds = 100
    private static let leastForth: Milliseconds = 60_000

    private struct State {
        /// The first reading.
        var began: Now?
        var last: Now?
        var trust = ClockTrust()
        /// How many passes have begun after the first.
        var steps: Pass = 0
        var passedEnd: Instant?
        /// The number of the first pass, and of the one after it; those after that follow in order.
        var numbers: (first: Pass, next: Pass)?

        /// The number of the pass after `steps` others of this clock.
        func number(_ steps: Pass) -> Pass {
            guard let numbers else { return Pass.min + steps }
            return steps == 0 ? numbers.first : numbers.next + steps - 1
        }
    }

    private let state = Mutex(State())
    private let read: @Sendable () -> Now
    private let isSynchronised: @Sendable () -> Bool

    /// The clock of this machine; its passes have no numbers of their own yet.
    public convenience init() {
        self.init(isSynchronised: { SystemClock.isSynchronised() }, read: { SystemClock.now() })
    }

    /// One that goes by others.
    ///
    /// - Parameters:
    ///   - isSynchronised: whether the kernel says that somebody keeps the wall clock right.
    ///   - read: reads the clocks.
    public init(
        isSynchronised: @escaping @Sendable () -> Bool = { false }, read: @escaping @Sendable () -> Now
    ) {
        self.isSynchronised = isSynchronised
        self.read = read
    }

    /// Both clocks, read together, and the pass.
    public func now() -> Now {
        state.withLock { state in
            let reading = read()
            let wall = Self.wall(reading, &state)
            let seen = Now(wall: wall, monotonic: reading.monotonic)
            state.trust.see(seen, isSynchronised: isSynchronised)
            if state.began == nil { state.began = seen }
            state.last = seen
            return Now(
                wall: wall, monotonic: reading.monotonic, pass: state.number(state.steps), passedEnd: state.passedEnd,
                expected: state.trust.isDoubted ? state.trust.expected(at: seen) : nil)
        }
    }

    /// When it was read first, by the wall clock of then; now, where it was not.
    public var began: Instant { state.withLock { $0.began?.wall } ?? now().wall }

    /// Its first pass is `pass` of a record; the next to begin is `next`, unused so far, and those after it follow in
    /// order. Once that is said, it is so.
    ///
    /// - Parameter known: how far the record goes by a clock that was believed; nil where it says nothing.
    public func goOn(in pass: Pass, next: Pass, after known: Instant? = nil) {
        _ = began
        state.withLock { state in
            guard state.numbers == nil else { return }
            state.numbers = (first: pass, next: next)
            if let known, let began = state.began { state.trust.goOn(after: known, at: began.monotonic) }
        }
    }

    /// The number of the pass that was called `pass` when something was seen: another one only where that had none of
    /// its own yet.
    public func number(_ pass: Pass) -> Pass {
        // One that an earlier clock has begun before it ended is among those of this one's first.
        pass >= 0 ? pass : state.withLock { $0.number(min(pass - Pass.min, $0.steps)) }
    }

    /// The wall clock as `reading` has it, or where it stands still; notes what has stepped.
    private static func wall(_ reading: Now, _ state: inout State) -> Instant {
        guard let last = state.last else { return reading.wall }
        let expected = last.wall + (reading.monotonic - last.monotonic)
        let step = reading.wall - expected
        if step <= -leastBack || step >= leastForth {
            state.passedEnd = expected
            state.steps += 1
            return reading.wall
        }
        return max(reading.wall, last.wall)
    }
}
