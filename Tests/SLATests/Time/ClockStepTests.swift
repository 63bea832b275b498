import Testing

@testable import SLA

/// What is taken for a step of the wall clock.
@Suite struct ClockStepTests {
    private var detector = ClockStepDetector()
    private var monotonic = MonotonicInstant(nanoseconds: 0)
    private var wall = Instant(milliseconds: 1_790_812_800_000)

    private mutating func pass(_ length: Milliseconds, stepping step: Milliseconds = 0) -> Milliseconds? {
        monotonic = monotonic + length
        wall = wall + length + step
        return detector.step(to: Now(wall: wall, monotonic: monotonic))
    }

    @Test mutating func aStartIsNoStep() {
        #expect(pass(0, stepping: 100_000_000) == nil)
    }

    @Test(arguments: [(-99, false), (-100, true), (999, false), (1000, true)] as [(Milliseconds, Bool)])
    mutating func timeKeepingIsNoStep(step: Milliseconds, isStep: Bool) {
        _ = pass(0)
        #expect(pass(1000, stepping: step) == (isStep ? step : nil))
    }

    @Test mutating func itIsSteadySinceItsLastStep() {
        _ = pass(0)
        _ = pass(29_999)
        #expect(!detector.isSteady(at: monotonic, for: 30_000))
        _ = pass(1)
        #expect(detector.isSteady(at: monotonic, for: 30_000))
        _ = pass(1000, stepping: -100)
        #expect(!detector.isSteady(at: monotonic, for: 1))
    }
}
