import SLA

@testable import SLA

/// Services each at an address of its own, and references, probed evenly and looked at every half second, over a ledger
/// in memory; a test says who answers. Times are seconds.
struct SightedWorld {
    static let start = Instant(milliseconds: 1_790_812_800_000)
    private static let references: [Reference] = ["192.0.2.1", "192.0.2.2"].map { host in
        Reference(
            check(confirm: 2, "tcp://\(host):1"), family: .ipv4, isNamed: false)
    }

    private(set) var ledger: MemoryLedger
    private var state: MonitorState
    private var news: MonitorNews?
    private(set) var second: Double = 0
    private let isSeeing: Bool

    /// How long a probe of a reference takes; it is known when it is over.
    var answering = 0.1
    /// Whether the references answer.
    var answers = true
    /// Answers on the way, each with when it is known.
    private var coming: [(at: Double, found: Observation)] = []

    private static func check(confirm: Int, _ url: String) -> Check {
        Check(
            interval: 5000, timeout: 4000, retryInterval: 1000, confirm: confirm,
            probe: ProbeSpecification(url: url, scheme: .tcp, host: "h", port: 1))
    }

    /// - Parameters:
    ///   - confirm: how many failures in a row make an outage.
    ///   - isSeeing: whether there are references.
    init(services: Int, confirm: Int = 2, isSeeing: Bool = true) throws {
        self.isSeeing = isSeeing
        let catalog = Catalog(
            agreement: Agreement(calendar: CivilCalendar(zone: .utc)), customers: [Customer(id: "acme")],
            services: (0..<services).map { number in
                Service(
                    id: "s\(100 + number)", customer: "acme",
                    paid: IntervalSet(Interval(.distantPast, .distantFuture)),
                    checks: [Self.check(confirm: confirm, "tcp://h:1")])
            })
        ledger = MemoryLedger(catalog, seeingBy: isSeeing ? Self.references : [])
        (state, news) = try ledger.start(at: Self.now(0))
    }

    static func at(_ second: Double) -> Instant { start + Int64((second * 1000).rounded()) }

    private static func now(_ second: Double) -> Now {
        Now(wall: at(second), monotonic: MonotonicInstant(nanoseconds: UInt64((second + 100) * 1e9)))
    }

    // MARK: - What happens

    /// Runs for `seconds`; `isDown` says who fails, of the services by their number. Who fails is tried each second.
    mutating func run(for seconds: Double, down isDown: (Int) -> Bool = { _ in false }) throws {
        let end = second + seconds
        while second < end {
            second += 0.5
            let began = Self.at(second - 0.1)
            var found: [Observation] = []
            for number in ledger.catalog.services.indices {
                let fails = isDown(number)
                let isDue = Int(second * 2) % 10 == number % 10 || fails && Int(second * 2) % 2 == number % 2
                guard isDue else { continue }
                let check = CheckID(service: ledger.catalog.services[number].id, check: "default")
                found.append(observation(check, began, fails ? .down : .up, address: "203.0.113.\(number)"))
            }
            if isSeeing, Int(second * 2) % 2 == 1 {
                for reference in Self.references {
                    let answer = observation(
                        reference.id, began, answers ? .up : .down, address: reference.check.probe.host)
                    coming.append((second - 0.1 + answering, answer))
                }
            }
            found += coming.filter { $0.at <= second }.map(\.found)
            coming.removeAll { $0.at <= second }
            try turn(found)
        }
    }

    private func observation(_ check: CheckID, _ at: Instant, _ state: SampleState, address: String) -> Observation {
        let total = check.isOfReference ? Int64(answering * 1_000_000) : 50_000
        return Observation(
            check: check, sample: Sample(at: at, state: state, family: .ipv4), phases: ProbePhases(total: total),
            address: address, cause: state == .up ? nil : .connection(.refused))
    }

    private mutating func turn(_ found: [Observation]) throws {
        let read = try news ?? ledger.news(for: state)
        news = nil
        let step = state.step(MonitorEvents(found), read, now: Self.now(second))
        precondition(ledger.keep(step.facts, at: Self.at(second)), "nobody else records anything")
        state.commit()
        say()
    }

    /// The monitor is killed, and begins again at once.
    mutating func restart() throws {
        (state, news) = try ledger.start(at: Self.now(second))
        together = SharedLines()
        for (number, alert) in unsaid.sorted(by: { $0.key < $1.key }) {
            together.add(alert, number: number, now: Self.now(second).monotonic)
        }
    }

    /// Somebody says that the incident numbered `number` is resolved.
    mutating func resolve(_ number: Int64) {
        let now = Self.at(second)
        ledger.record(
            IncidentEvent(at: now, recordedAt: now, by: "lan", .resolved(note: "cable")), of: number)
    }

    /// How long `service` was down in the month, in ms, as its report has it; -1 where it is unknown.
    mutating func down(_ service: String) -> Milliseconds {
        state.figures(of: service, at: Self.at(second))?.tally.down ?? -1
    }

    /// Somebody records that the time from `from` to `to` was measured wrongly.
    mutating func void(from: Double, to: Double) {
        guard let interval = Interval(Self.at(from), Self.at(to)) else { return }
        ledger.record(
            Correction(
                kind: .void, scope: [.services(.all)], interval: interval, reason: "mine", evidence: "letter",
                recordedAt: Self.at(second), recordedBy: "lan"))
    }

    // MARK: - What came of it

    /// What was said, in order.
    private(set) var lines: [Alert] = []
    private var together = SharedLines()
    /// What is kept and not said, by its number.
    private(set) var unsaid: [Int64: Alert] = [:]
    private var taken = 0

    private mutating func say() {
        let now = Self.now(second).monotonic
        for alert in ledger.alerts.dropFirst(taken) {
            taken += 1
            if alert.isSaidBySharedFailure { continue }
            guard alert.sharedFailure != nil else {
                lines.append(alert)
                continue
            }
            unsaid[Int64(taken)] = alert
            together.add(alert, number: Int64(taken), now: now)
        }
        for line in together.due(at: now) {
            lines.append(line.alert)
            together.remove(line)
            for number in line.alerts { unsaid[number] = nil }
        }
    }

    /// The lines of `event`.
    func lines(_ event: AlertEvent) -> [Alert] { lines.filter { $0.event == event } }

    /// What was said of services' states, as `service_down s100 4.9`.
    var said: [String] {
        lines.filter { $0.event == .serviceDown || $0.event == .serviceUp }.map { alert in
            let since = (alert["since"]?.instant).map { Double($0 - Self.start) / 1000 } ?? -1
            return "\(alert.event.rawValue) \(alert.subject) \(since)"
        }
    }
}
