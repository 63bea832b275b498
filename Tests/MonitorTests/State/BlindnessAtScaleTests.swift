import Glibc
import SLA
import Testing

@testable import SLA

/// Ten thousand services that cannot be seen at once, and are seen again: nobody falls, and no turn has more to do than
/// its share.
@Suite struct BlindnessAtScaleTests {
    private static let start = Instant(milliseconds: 1_790_812_800_000)
    private static let services = 10_000

    private static let catalog = Catalog(
        agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [Customer(id: "acme")],
        services: (0..<services).map { number in
            Service(
                id: "s\(10_000 + number)", customer: "acme",
                paid: IntervalSet(Interval(.distantPast, .distantFuture)),
                checks: [
                    Check(
                        interval: 10_000, timeout: 4000, retryInterval: 1000,
                        probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
                ])
        })

    private static let reference = Reference(
        Check(
            interval: 10_000, timeout: 4000, retryInterval: 1000,
            probe: ProbeSpecification(url: "tcp://192.0.2.1:1", scheme: .tcp, host: "192.0.2.1", port: 1)),
        family: .ipv4, isNamed: false)

    private var now = Now(wall: start, monotonic: MonotonicInstant(nanoseconds: 1_000_000_000_000))
    private var ledger = MemoryLedger(catalog, seeingBy: [reference])
    private var state: MonitorState
    private var news: MonitorNews?
    private var waiting: [Observation] = []
    /// The most CPU that a turn took, in ms, for whoever wants to know.
    private var longest = 0

    init() throws {
        (state, news) = try ledger.start(at: now)
    }

    /// Ten seconds, in which everybody is probed once, in turns of half a second.
    private mutating func round(_ found: SampleState) throws {
        for part in 0..<20 {
            let at = now.wall
            waiting += Self.catalog.services.indices.filter { $0 % 20 == part }.map { number in
                Observation(
                    check: CheckID(service: Self.catalog.services[number].id, check: "default"),
                    sample: Sample(at: at, state: found, family: .ipv4), address: "203.0.113.1",
                    cause: found == .up ? nil : .connection(.timedOut))
            }
            if part == 3 {
                waiting.append(
                    Observation(
                        check: Self.reference.id, sample: Sample(at: at, state: found, family: .ipv4),
                        address: "192.0.2.1", cause: found == .up ? nil : .connection(.timedOut)))
            }
            now = Now(wall: now.wall + 500, monotonic: now.monotonic + 500)
            try turn()
        }
    }

    private mutating func turn() throws {
        var isMore = true
        while isMore {
            var before = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before)
            let read = try news ?? ledger.news(for: state)
            news = nil
            let step = state.step(MonitorEvents(waiting), read, now: now)
            state.commit()
            var after = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after)
            longest = max(
                longest, (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1_000_000)
            let isKept = ledger.keep(step.facts, at: now.wall)
            #expect(isKept)
            waiting = []
            isMore = step.isCutShort
        }
    }

    @Test mutating func nobodyFallsAndEverybodyIsSeenAgain() throws {
        for _ in 0..<3 { try round(.up) }
        longest = 0
        for _ in 0..<4 { try round(.down) }
        for _ in 0..<4 { try round(.up) }
        print("the longest turn took \(longest) ms of CPU")
        #expect(ledger.alerts.map(\.event) == [.measurementLost, .measurementRestored])
        #expect(ledger.incidentEvents.isEmpty)
        #expect(ledger.corrections.count { $0.revocation == nil } == 1)
        #expect(ledger.transitions.count { $0.state == .down } == 0)
        let last = Dictionary(ledger.transitions.map { ($0.service, $0.state) }, uniquingKeysWith: { _, last in last })
        #expect(last.count == Self.services && last.values.allSatisfy { $0 == .up })
    }
}
