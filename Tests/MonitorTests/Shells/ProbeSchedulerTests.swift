import Platform
import SLA
import SLAOracle
import Synchronization
import Testing

@testable import Monitor
@testable import SLA

@Suite struct ProbeSchedulerTests {
    private static let start = Instant(milliseconds: 1_790_812_800_000)
    private static let hour: Milliseconds = 3_600_000

    /// `count` services that are probed every hour, and again after 5 minutes where a failure is not confirmed.
    private static func hourly(_ count: Int) -> Catalog {
        Catalog(
            agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [Customer(id: "acme")],
            services: (0..<count).map { number in
                Service(
                    id: "s\(number)", customer: "acme", paid: IntervalSet(Interval(.distantPast, .distantFuture)),
                    checks: [
                        Check(
                            interval: hour, timeout: 1000, retryInterval: 300_000, confirm: 2, staleAfter: 3 * hour,
                            probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
                    ])
            })
    }

    /// The scheduler with everything that it is given.
    private struct Bench {
        let clock = TestClock(ProbeSchedulerTests.start)
        let prober = TestProber()
        let pending = PendingObservations()
        let next = Next()
        let scheduler: ProbeScheduler

        final class Next: Sendable {
            private let state = Mutex<MonotonicInstant?>(nil)
            var instant: MonotonicInstant? { state.withLock { $0 } }
            func set(_ instant: MonotonicInstant?) { state.withLock { $0 = instant } }
        }

        init() {
            scheduler = ProbeScheduler(
                prober.prober, clock: { [clock] in clock.now }, record: pending.add,
                progress: { [next] in next.set($0) })
        }

        /// Lets time pass until something is due, and has it begun.
        func turn() async {
            guard let due = await scheduler.nextTurn else { return }
            clock.pass(max(0, due - clock.now.monotonic) + 1)
            await scheduler.probeWhatIsDue()
        }
    }

    /// A year: no due time is missed, nobody is probed twice at once, and a failure is looked at again.
    @Test func aYear() async {
        let bench = Bench()
        var generator = SplitMix64(seed: 7)
        await bench.scheduler.follow(Self.hourly(3))
        var ends: [CheckID: [Milliseconds]] = [:]
        let begin = bench.clock.now.monotonic
        while bench.clock.now.monotonic - begin < 365 * 24 * Self.hour {
            await bench.turn()
            let underWay = bench.prober.underWay
            #expect(Set(underWay).count == underWay.count)
            for check in underWay { ends[check, default: []].append(bench.clock.now.monotonic - begin) }
            bench.clock.pass(500)
            let isDown = generator.once(in: 10)
            await bench.prober.endAll(bench.clock.now) { _ in isDown ? .down : .up }
            #expect(await bench.scheduler.nextTurn == bench.next.instant)
            if generator.once(in: 200) { bench.clock.step(generator.number(-3000...3000) * 1000) }
        }
        #expect(ends.count == 3)
        for begins in ends.values {
            #expect(begins.count > 365 * 24)
            let gaps = zip(begins.dropFirst(), begins).map(-)
            #expect(
                gaps.allSatisfy { $0 <= Self.hour + 1000 }, "a step of the wall clock shifts by less than an interval")
        }
        let seen = bench.pending.take()
        #expect(seen.count == ends.values.reduce(0) { $0 + $1.count })
    }

    /// Whoever waits for its turn when it is due again is the monitor's lateness; whoever is slow is not.
    @Test func onlyAWaitIsTheMonitorsFault() async {
        let bench = Bench()
        await bench.scheduler.follow(Self.hourly(1))
        await bench.turn()
        await bench.turn()
        #expect(bench.pending.take().isEmpty)
        bench.prober.wait(true)
        await bench.turn()
        #expect(bench.pending.take().map(\.sample.state) == [.unknown])
        #expect(bench.prober.underWay.count == 1)
    }

    /// It says nothing of whether the monitor sees; a check there is what we are for.
    @Test func aReferenceInOurNetworksCannotTell() async {
        let bench = Bench()
        let reference = Reference(Self.hourly(1).services[0].checks[0], family: .ipv4, isNamed: true)
        await bench.scheduler.follow(Self.hourly(1), [reference], isOwn: { $0.hasPrefix("203.0.113.") })
        func seen(at address: String) async -> [CheckID: Observation] {
            while bench.prober.underWay.count < 2 { await bench.turn() }
            await bench.prober.endAll(bench.clock.now, address: address) { _ in .up }
            return Dictionary(bench.pending.take().map { ($0.check, $0) }, uniquingKeysWith: { _, last in last })
        }
        let own = await seen(at: "203.0.113.7")
        #expect(own[reference.id]?.sample.state == .unknown)
        #expect(own[reference.id]?.cause == .misconfigured(.ownAddress("203.0.113.7")))
        #expect(own[CheckID(service: "s0", check: "default")]?.sample.state == .up)
        #expect(await seen(at: "192.0.2.7")[reference.id]?.sample.state == .up)
    }

    @Test func aStopBeginsNothing() async {
        let bench = Bench()
        await bench.scheduler.follow(Self.hourly(2))
        await bench.scheduler.stop()
        #expect(bench.next.instant == nil)
        await bench.turn()
        #expect(bench.prober.underWay.isEmpty)
    }
}
