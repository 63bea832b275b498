import Glibc
import SLA

/// How many samples a second one core turns into a statement: the pure calculation, without files.
///
/// usage: timeline-benchmark [SAMPLES]     (a sample a minute, 1 % of them down; 50 million unless given)
@main
enum TimelineBenchmark {
    static func main() {
        let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 50_000_000
        let samples = makeSamples(count)
        let check = Check(probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
        let service = Service(
            id: "web", customer: "acme", paid: IntervalSet(Interval(.distantPast, .distantFuture)), checks: [check])
        for run in 1...3 {
            let began = cpuSeconds()
            let timeline = ServiceTimeline(of: service) { _, timeline in
                for sample in samples { timeline.append(sample) }
            }
            let seconds = cpuSeconds() - began
            let rate = Double(count) / seconds / 1e6
            print("run \(run): \(Int(rate)) million samples a second, \(timeline.down.intervals.count) outages")
        }
    }

    private static func makeSamples(_ count: Int) -> [Sample] {
        var chance: UInt64 = 88_172_645_463_325_252
        return (0..<count).map { index in
            chance ^= chance << 13
            chance ^= chance >> 7
            chance ^= chance << 17
            return Sample(at: Instant(milliseconds: Int64(index) * 60_000), state: chance % 100 == 0 ? .down : .up)
        }
    }

    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
