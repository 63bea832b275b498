import Glibc
import SLA

/// What a sample costs the daemon on the first and on the thirtieth day of the month: fed to the watch of a check of
/// 10 s, on a copy that is kept, and decided upon, as the recorder does it.
///
/// Beside it, the same question answered from all of the month's samples at once, as a report does, which has to cost
/// more as the month goes on.
@main
enum WatchBenchmark {
    private static let perDay = 8640
    private static let start: Int64 = 1_790_812_800_000

    static func main() {
        print("down   watch: day 1   day 30   ratio      whole: day 1   day 30   ratio      (ns a sample)")
        for percent in [0, 1, 10, 50] {
            // The quietest of three, since others use the machine.
            var watch = watched(percent)
            for _ in 0..<2 {
                let again = watched(percent)
                watch = (min(watch.first, again.first), min(watch.last, again.last))
            }
            let whole = everything(percent)
            print(
                "\(pad("\(percent) %", 5)) \(pad(watch.first, 14)) \(pad(watch.last, 8))"
                    + " \(pad(ratio(watch), 7)) \(pad(whole.first, 18)) \(pad(whole.last, 8)) \(pad(ratio(whole), 7))"
            )
        }
    }

    private static let agreement = Agreement(calendar: CivilCalendar(zone: .utc))
    private static let service = Service(
        id: "web", customer: "acme", paid: IntervalSet(Interval(.distantPast, .distantFuture)),
        checks: [
            Check(
                interval: 10_000, timeout: 5000,
                probe: ProbeSpecification(url: "tcp://h:1", scheme: .tcp, host: "h", port: 1))
        ])

    /// ns a sample on the first and on the last of 30 days, `percent` of the samples being down, two in a row.
    private static func watched(_ percent: Int) -> (first: Int64, last: Int64) {
        var chance = Chance()
        var watch = ServiceWatch(service, under: agreement)
        var days: [Int64] = []
        for day in 0..<30 {
            let began = cpuNanoseconds()
            for index in 0..<perDay {
                let at = Instant(milliseconds: start + Int64(day * perDay + index) * 10_000)
                var next = watch
                next.append(Sample(at: at, state: chance.isDown(percent) ? .down : .up), of: "default", cause: nil)
                _ = next.decide(now: at, exclusions: [])
                watch = next
            }
            days.append((cpuNanoseconds() - began) / Int64(perDay))
        }
        return (days.first ?? 0, days.last ?? 0)
    }

    /// The same from the figures of everything so far, on a hundredth of the samples of the two days.
    private static func everything(_ percent: Int) -> (first: Int64, last: Int64) {
        var chance = Chance()
        var timeline = CheckTimeline(staleAfter: service.checks[0].staleAfter, confirm: 2)
        var costs: [Int64] = [0, 0]
        let month = agreement.calendar.month(containing: Instant(milliseconds: start))
        for index in 0..<30 * perDay {
            let at = Instant(milliseconds: start + Int64(index) * 10_000)
            timeline.append(Sample(at: at, state: chance.isDown(percent) ? .down : .up))
            let day = index / perDay
            guard day == 0 || day == 29, index % 100 == 0 else { continue }
            let began = cpuNanoseconds()
            let figures = MonthFigures(
                of: service, in: .month(month), asOf: at, under: agreement,
                timeline: ServiceTimeline(mode: .all, checks: [timeline.spans()]), exclusions: [])
            precondition(figures.period.month == month)
            costs[day == 0 ? 0 : 1] += (cpuNanoseconds() - began) / Int64(perDay / 100)
        }
        return (costs[0], costs[1])
    }

    /// Spells of two failures, the same in every run.
    private struct Chance {
        private var state: UInt64 = 88_172_645_463_325_252
        private var left = 0

        mutating func isDown(_ percent: Int) -> Bool {
            if left > 0 {
                left -= 1
                return true
            }
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            guard state % 200 < UInt64(percent) else { return false }
            left = 1
            return true
        }
    }

    private static func ratio(_ cost: (first: Int64, last: Int64)) -> String {
        let hundredths = cost.first == 0 ? 0 : cost.last * 100 / cost.first
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    private static func pad(_ value: some CustomStringConvertible, _ width: Int) -> String {
        let text = value.description
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private static func cpuNanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
