import SLAOracle
import Testing

@testable import SLA

/// Whether the samples of a file are as far apart as they are read to be.
@Suite struct SampleCadenceTests {
    private func rules(
        _ interval: Milliseconds, then next: (from: Instant, interval: Milliseconds)? = nil
    ) -> MeasuringRules {
        func step(_ from: Instant, _ interval: Milliseconds) -> MeasuringRules.Step {
            let check = Check(
                interval: interval, timeout: min(10_000, interval),
                probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
            return MeasuringRules.Step(from: from, customer: "acme", groups: [], mode: .all, checks: [check])
        }
        let steps = [step(.distantPast, interval)] + (next.map { [step($0.from, $0.interval)] } ?? [])
        return MeasuringRules(steps, calendar: CivilCalendar(zone: .utc))
    }

    private func every(_ spacing: Milliseconds, from start: Int64 = 0, count: Int = 20) -> [Instant] {
        (0..<Int64(count)).map { t(start + $0 * spacing) }
    }

    @Test func whatFitsIsNotSaid() {
        for spacing in [40_000, 60_000, 100_000, 130_000] as [Milliseconds] {
            #expect(SampleCadence.misfits(of: [every(spacing)], "default", rules(60_000)).isEmpty)
        }
    }

    /// Twenty samples 5 min apart, each good for 70 s: 19 gaps of 300 s, of which 230 s are unmeasured.
    @Test func samplesFurtherApartThanOneSpeaks() throws {
        let found = SampleCadence.misfits(of: [every(300_000)], "default", rules(30_000))
        let misfit = try #require(found.first)
        #expect(found.count == 1)
        #expect(misfit.spacing == 300_000)
        #expect(misfit.from == t(0))
        #expect(misfit.misfit == .sparse(unmeasured: 19 * 230_000, of: 19 * 300_000))
    }

    @Test func samplesSoNearThatMissingOnesDoNotShow() {
        let found = SampleCadence.misfits(of: [every(30_000)], "default", rules(300_000))
        #expect(found.map(\.misfit) == [.dense])
    }

    /// One long silence is a gap of the monitor's, and no other cadence.
    @Test func aSilenceIsNoCadence() {
        let instants = every(60_000) + every(60_000, from: 86_400_000)
        #expect(SampleCadence.misfits(of: [instants], "default", rules(60_000)).isEmpty)
    }

    /// Each is held against the rules of its own time.
    @Test func theRulesOfTheirTimeCount() {
        let changing = rules(300_000, then: (from: t(6_000_000), interval: 60_000))
        let instants = every(300_000) + every(60_000, from: 6_000_000)
        #expect(SampleCadence.misfits(of: [instants], "default", changing).isEmpty)
        let wrong = every(300_000) + every(300_000, from: 6_000_000)
        #expect(SampleCadence.misfits(of: [wrong], "default", changing).map(\.from) == [t(6_000_000)])
    }

    /// What nobody looked at across a step of the clock is no gap, and a few samples tell nothing.
    @Test func passesAndFewSamples() {
        #expect(SampleCadence.misfits(of: [every(300_000, count: 3)], "default", rules(30_000)).isEmpty)
        let passes = [every(60_000), every(60_000, from: 30_000)]
        #expect(SampleCadence.misfits(of: passes, "default", rules(60_000)).isEmpty)
    }
}
