import Glibc
import SLA

/// How many samples a second one core turns into figures: the pure calculation, without files.
///
/// usage: timeline-benchmark [SERVICES]             (each a month of a sample every 10 s; 100 unless given)
///        timeline-benchmark openmetrics SERVICES   (the same samples for Prometheus, on standard output)
@main
enum TimelineBenchmark {
    /// 30 days of a sample every 10 s.
    private static let perService = 30 * 8640
    /// 2026-09-01T00:00:00Z.
    private static let start: Int64 = 1_788_220_800_000

    static func main() {
        let isExport = CommandLine.arguments.dropFirst().first == "openmetrics"
        let count = CommandLine.arguments.last.flatMap { Int($0) } ?? 100
        let samples = makeSamples(services: count)
        if isExport { return export(samples) }
        let agreement = Agreement(calendar: CivilCalendar(zone: .utc))
        let month = agreement.calendar.month(containing: Instant(milliseconds: start))
        let end = agreement.calendar.interval(of: month).end
        for run in 1...3 {
            let began = cpuSeconds()
            let figures = samples.map { samples in
                MonthFigures(
                    of: service, in: .month(month), asOf: end, under: agreement,
                    timeline: ServiceTimeline(of: service) { _, _, timeline in
                        for sample in samples { timeline.append(sample) }
                    }, exclusions: [])
            }
            let seconds = cpuSeconds() - began
            let rate = Double(count * perService) / seconds / 1e6
            let outages = figures.reduce(0) { $0 + $1.outages.count }
            print("run \(run): \(Int(rate)) million samples a second, \(count) services, \(outages) outages")
        }
    }

    private static let service = Service(
        id: "web", customer: "acme", paid: IntervalSet(Interval(.distantPast, .distantFuture)),
        checks: [
            Check(
                interval: 10_000, timeout: 5000,
                probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
        ])

    /// As `up{service="7"} 1 1788220800` a line, which promtool makes blocks of.
    private static func export(_ samples: [[Sample]]) {
        print("# TYPE up gauge")
        for (service, samples) in samples.enumerated() {
            for sample in samples {
                print("up{service=\"\(service)\"} \(sample.state == .up ? 1 : 0) \(sample.at.milliseconds / 1000)")
            }
        }
        print("# EOF")
    }

    /// A hundredth of them down, the same in every run.
    private static func makeSamples(services: Int) -> [[Sample]] {
        var chance: UInt64 = 88_172_645_463_325_252
        return (0..<services).map { _ in
            (0..<perService).map { index in
                chance ^= chance << 13
                chance ^= chance >> 7
                chance ^= chance << 17
                return Sample(
                    at: Instant(milliseconds: start + Int64(index) * 10_000), state: chance % 100 == 0 ? .down : .up)
            }
        }
    }

    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
