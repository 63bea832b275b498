import Testing
import Wording

@testable import SLA

@Suite struct MonitorWarningTests {
    /// 2026-11-26T12:00:00Z.
    private let noon = Instant(milliseconds: 1_795_694_400_000)

    private func trust(shown: Instant, expected: Instant?) -> String {
        let now = Now(wall: shown, monotonic: MonotonicInstant(nanoseconds: 0), expected: expected)
        return MonitorWarning.clockTrust(ClockTrustChange(at: now)).english
    }

    @Test func aClockThatIsDoubtedIsShownBesideWhatIsKnown() {
        #expect(
            trust(shown: noon + 5_400_000, expected: noon)
                == "the wall clock is doubted: it shows 2026-11-26T13:30:00Z, 1 h 30 min ahead of what is known; "
                + "what comes with an instant waits")
        #expect(
            trust(shown: noon - 10 * 86_400_000, expected: noon)
                == "the wall clock is doubted: it shows 2026-11-16T12:00:00Z, 10 d behind what is known; "
                + "what comes with an instant waits")
        #expect(
            trust(shown: Instant(milliseconds: 0), expected: noon)
                == "the wall clock is doubted: it shows 1970-01-01T00:00:00Z, which is before there was this program; "
                + "what comes with an instant waits")
        #expect(trust(shown: noon, expected: nil) == "the wall clock is believed")
    }

    @Test func aStepIsSaidWithItsDirection() {
        #expect(MonitorWarning.clockStepped(-950).english == "the clock stepped back by 0.950 s")
        #expect(MonitorWarning.clockStepped(60_000).english == "the clock stepped forward by 1 min")
    }
}
