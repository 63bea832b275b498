import SLAOracle
import Testing

@testable import SLA

/// The worst window of every length, against one that looks at every window, ms by ms.
@Suite struct WorstWindowTests {
    /// A period of `length` ms of some services, each ms of each a class.
    private struct Strip {
        let length: Int
        let services: [[Character]]

        var partitions: [Partition] {
            services.map { marks in
                var spans = CheckSpans()
                spans.up = Self.set("U", marks)
                spans.down = Self.set("D", marks)
                return Partition(
                    of: Service(id: "web", customer: "acme", paid: .empty, checks: []),
                    committed: IntervalSet(Interval(t(0), t(Int64(length)))).subtracting(Self.set("-", marks)),
                    timeline: ServiceTimeline(mode: .all, checks: [spans]), admitted: [], policy: .removed)
            }
        }

        private static func set(_ mark: Character, _ marks: [Character]) -> IntervalSet {
            IntervalSet(marks.indices.filter { marks[$0] == mark }.map { span(Int64($0), Int64($0) + 1) })
        }

        /// By looking at each window in turn.
        func worst(_ window: Int) -> (start: Int, end: Int, down: Int, up: Int) {
            var best = (start: 0, end: min(window, length), down: -1, up: 0)
            for start in 0...max(0, length - window) {
                let end = min(start + window, length)
                let held = services.flatMap { $0[start..<end] }
                let (down, up) = (held.count { $0 == "D" }, held.count { $0 == "U" })
                if (down, up + down) > (best.down, best.up + best.down) { best = (start, end, down, up) }
            }
            return best
        }
    }

    private func agrees(_ strip: Strip, _ length: Int) -> Bool {
        let found = WorstWindow.all(
            of: strip.partitions, in: span(0, Int64(strip.length)), lengths: [Int64(length)])[0]
        let expected = strip.worst(length)
        return found.interval == span(Int64(expected.start), Int64(expected.end))
            && found.down == Int64(expected.down) && found.available == Int64(expected.up)
            && found.length == Int64(length)
    }

    /// Every strip of up to seven ms, every length.
    @Test func everySmallStrip() {
        let marks: [Character] = ["U", "D", "?", "-"]
        for length in 1...6 {
            var strips: [[Character]] = [[]]
            for _ in 0..<length { strips = strips.flatMap { strip in marks.map { strip + [$0] } } }
            for strip in strips {
                for window in 1...length + 1 where !agrees(Strip(length: length, services: [strip]), window) {
                    Issue.record("\(String(strip)), window \(window)")
                    return
                }
            }
        }
    }

    /// Several services at once, in spells.
    @Test func severalServicesTogether() {
        var generator = SplitMix64(seed: 4711)
        for _ in 1...300 {
            let length = Int(generator.number(2...70))
            let services = (0..<generator.number(1...4)).map { _ in
                var marks: [Character] = []
                while marks.count < length {
                    let mark = generator.pick(["U", "U", "U", "D", "D", "?", "-"] as [Character])
                    marks += Array(repeating: mark, count: Int(generator.number(1...9)))
                }
                return Array(marks.prefix(length))
            }
            let strip = Strip(length: length, services: services)
            for window in [1, 2, 3, 5, 9, 20, length, length + 5] where !agrees(strip, window) {
                Issue.record("\(services.map { String($0) }), window \(window)")
                return
            }
        }
    }

    //     0         10        20        30
    //     UUUUUUUUUUDDUUUUUUUUUUUUDDDUUUUUU       the worst 10 ms hold the three, as early as they can

    @Test func theEarliestOfEquals() throws {
        let marks = Array("UUUUUUUUUUDDUUUUUUUUUUUUDDDUUUUUU")
        let strip = Strip(length: marks.count, services: [marks])
        let windows = WorstWindow.all(of: strip.partitions, in: span(0, 33), lengths: [3, 10, 20, 100])
        #expect(windows.map(\.interval) == [span(24, 27), span(17, 27), span(7, 27), span(0, 33)])
        #expect(windows.map(\.down) == [3, 3, 5, 5])
        #expect(windows[1].availability?.percentText == "70.0000")
        #expect(WorstWindow.all(of: strip.partitions, in: nil).isEmpty)
    }

    /// What is pardoned counts as available, here as in the month.
    @Test func pardonedTimeIsAvailable() throws {
        var random = RandomWorld(generator: SplitMix64(seed: 5), shape: .milliseconds)
        for _ in 1...200 {
            let world = random.next()
            let figures = try #require(world.figures(of: world.timeline()))
            let agreement = try #require(world.agreement)
            guard let period = figures.period.past(in: agreement.calendar, asOf: figures.asOf) else { continue }
            let whole = WorstWindow.all(of: [figures.partition], in: period, lengths: [period.length])[0]
            #expect(whole.interval == period)
            if let availability = figures.availability { #expect(whole.availability == availability) }
        }
    }

    /// A customer's availability is of the sums of time: a day of one service does not weigh like a month of another.
    @Test func percentagesAreNotAveraged() throws {
        let month = ZoneTable.hoChiMinh.months[0]
        let start = t(month.start * 1000)
        let day: Milliseconds = 86_400_000
        func service(_ id: String, _ customer: String, days: Int64) -> Service {
            Service(
                id: id, customer: customer, paid: IntervalSet(Interval(start, start + days * day)),
                checks: [Check(staleAfter: 40 * day, probe: World(asOf: 0, paid: [], checks: []).probe)])
        }
        let catalog = Catalog(
            agreement: Agreement(calendar: CivilCalendar(zone: ZoneTable.hoChiMinh.rules)),
            customers: [Customer(id: "a"), Customer(id: "b")],
            services: [service("a1", "a", days: 30), service("a2", "a", days: 1), service("b1", "b", days: 1)])
        let inputs = FigureInputs(
            month: try #require(CivilMonth("2026-10")), asOf: t(month.end * 1000), catalog: catalog, exclusions: [])
        let report = MonthlyReport(inputs) { service, inputs in
            inputs.timeline(of: service) { _, _, timeline in
                // a2 is down for its whole day, confirmed by two samples.
                let state: SampleState = service.id == "a2" ? .down : .up
                timeline.append(Sample(at: start, state: state))
                timeline.append(Sample(at: start + day / 2, state: state))
            }
        }
        let customers = report.byCustomer
        #expect(customers.map(\.customer) == ["a", "b"])
        #expect(customers.map(\.availability?.percentText) == ["96.7741", "100.0000"])
        #expect(report.overall.availability?.percentText == "96.8750")
        #expect(report.overall.services == 3)
        // In the worst day two of three services count, and one of them is down.
        #expect(customers[0].windows.first { $0.length == day }?.availability?.percentText == "50.0000")
        #expect(report.overall.windows.first { $0.length == day }?.availability?.percentText == "66.6666")
    }
}
