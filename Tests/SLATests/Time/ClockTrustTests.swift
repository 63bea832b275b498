import Testing

@testable import SLA

/// When the wall clock is believed: what comes with an instant is decided on no other.
@Suite struct ClockTrustTests {
    /// 2026-11-26T12:00:00Z.
    private static let noon = Instant(milliseconds: 1_795_694_400_000)
    private static let hour: Milliseconds = 3_600_000
    private static let day: Milliseconds = 86_400_000
    private static let year: Milliseconds = 365 * day

    private var trust = ClockTrust()
    private var now = Now(wall: Self.noon, monotonic: MonotonicInstant(nanoseconds: 5_000_000_000))
    private var isSynchronised = false

    private mutating func pass(_ length: Milliseconds, stepping step: Milliseconds = 0) {
        now = Now(wall: now.wall + length + step, monotonic: now.monotonic + length)
        let isSynchronised = isSynchronised
        trust.see(now) { isSynchronised }
    }

    /// As a daemon starts: the clock is read, then the record.
    private mutating func start(_ known: Instant, showing wall: Instant) {
        now = Now(wall: wall, monotonic: now.monotonic)
        pass(0)
        trust.goOn(after: known, at: now.monotonic)
        pass(0)
    }

    // MARK: - A clock that steps

    @Test mutating func aClockThatIsAheadIsDoubtedUntilItIsSteady() {
        pass(0)
        pass(1000, stepping: 59_999)
        #expect(!trust.isDoubted)
        pass(1000, stepping: 60_000)
        #expect(trust.isDoubted)
        pass(20_000)
        // It moves again.
        pass(1000, stepping: 2000)
        pass(29_999)
        #expect(trust.isDoubted)
        pass(1)
        #expect(!trust.isDoubted)
    }

    /// Nine seconds of 2030: it is back where it should be, and nobody waits.
    @Test mutating func aClockThatIsBackIsBelievedAtOnce() {
        pass(0)
        pass(1000, stepping: 4 * Self.year)
        #expect(trust.isDoubted && trust.expected(at: now) == Self.noon + 1000)
        pass(8000)
        #expect(trust.isDoubted && trust.expected(at: now) == Self.noon + 9000)
        pass(1000, stepping: -4 * Self.year + 3000)
        #expect(!trust.isDoubted)
    }

    /// People set clocks by hours, and machines sleep: half a minute. A day and more is a mistake, unless somebody keeps
    /// the clock, and then it takes an hour to be no mistake.
    @Test mutating func aClockThatIsFarOffTakesAnHourOrTheKernelsWord() {
        pass(0)
        pass(0, stepping: Self.day - 1)
        pass(30_000)
        #expect(!trust.isDoubted)
        pass(0, stepping: Self.day)
        pass(Self.hour - 1)
        #expect(trust.isDoubted)
        pass(1)
        #expect(!trust.isDoubted)
        pass(0, stepping: Self.day)
        isSynchronised = true
        pass(29_999)
        #expect(trust.isDoubted)
        pass(1)
        #expect(!trust.isDoubted)
    }

    /// Nothing comes too early by a clock that is set back, and by a day it may be wrong.
    @Test mutating func aClockThatIsSetBackIsDoubtedByADay() {
        pass(0)
        pass(1000, stepping: -Self.day + 1)
        #expect(!trust.isDoubted)
        pass(1000, stepping: -Self.day)
        #expect(trust.isDoubted)
        pass(Self.hour)
        #expect(!trust.isDoubted)
    }

    // MARK: - A start

    @Test(arguments: [
        (0, false), (-Self.day + 1, false), (-Self.day, true), (Self.day - 1, false), (Self.day, true),
        (90 * Self.day, true), (4 * Self.year, true),
    ])
    mutating func aStartIsHeldAgainstWhatIsKnown(apart: Milliseconds, isDoubted: Bool) {
        start(Self.noon, showing: Self.noon + apart)
        #expect(trust.isDoubted == isDoubted)
        #expect(!isDoubted || trust.expected(at: now) == Self.noon)
    }

    /// A machine that was off for three months: by its own in an hour, with NTP in half a minute.
    @Test(arguments: [(false, Self.hour), (true, 30_000)])
    mutating func aLongPauseIsBelievedInTime(isSynchronised: Bool, needed: Milliseconds) {
        self.isSynchronised = isSynchronised
        start(Self.noon - 90 * Self.day, showing: Self.noon)
        pass(needed - 1)
        #expect(trust.isDoubted)
        pass(1)
        #expect(!trust.isDoubted)
    }

    /// NTP puts right what the battery has lost.
    @Test mutating func aStartThatIsPutRightIsBelievedAtOnce() {
        start(Self.noon, showing: Self.noon + 4 * Self.year)
        pass(5000)
        #expect(trust.isDoubted)
        pass(1000, stepping: -4 * Self.year + 2 * Self.hour)
        #expect(!trust.isDoubted)
    }

    /// The first start knows nothing, but that there was no such program before.
    @Test mutating func aClockBeforeThisProgramIsNeverBelieved() {
        now = Now(wall: Instant(milliseconds: 0), monotonic: now.monotonic)
        pass(0)
        #expect(trust.isDoubted && trust.expected(at: now) == now.wall)
        isSynchronised = true
        pass(10 * Self.day)
        #expect(trust.isDoubted)
        pass(1000, stepping: Self.noon - now.wall)
        #expect(!trust.isDoubted)
    }

    @Test mutating func aFirstStartIsBelieved() {
        pass(0)
        #expect(!trust.isDoubted)
    }
}
