import Platform
import SLA
import SLAOracle
import Testing

@testable import SLA

/// One random history of a monitor that steps, fails, crashes and goes on, over a ledger in memory.
struct MonitorWorld {
    private(set) var ledger: MemoryLedger
    private(set) var (reverts, restarts, quicker) = (0, 0, 0)

    private(set) var state: MonitorState
    private var news: MonitorNews?
    private var generator: SplitMix64
    private let clock: TestClock
    /// How the monitor that runs counts the passes of the wall clock.
    private var passes: PassClock
    /// What that showed when the monitor began, and after each step since.
    private var readings: [Now]
    private var now: Now
    /// Observations whose commit has failed.
    private(set) var waiting: [Observation] = []
    private var known: [CheckID: SampleState] = [:]
    /// Where the wall clock was set back to, and how many alerts had been said.
    private(set) var setBacks: [(to: Instant, said: Int)] = []
    private var exclusions = 0
    private let odds: Odds
    /// Whether the monitor's own network is dead, and whether it ever was.
    private var (isBlind, hasBeenBlind) = (false, false)

    private static let references: [Reference] = ["192.0.2.1", "192.0.2.2"].map { host in
        Reference(
            Check(
                interval: 60_000, timeout: 10_000, retryInterval: 10_000,
                probe: ProbeSpecification(url: "tcp://\(host):1", scheme: .tcp, host: host, port: 1)),
            family: .ipv4, isNamed: false)
    }

    init(_ catalog: Catalog, seed: UInt64, start: Instant, _ odds: Odds = Odds()) throws {
        self.odds = odds
        generator = SplitMix64(seed: seed)
        clock = TestClock(start)
        ledger = MemoryLedger(catalog, seeingBy: Self.references)
        passes = Self.passes(by: clock, after: ledger)
        now = passes.now()
        readings = [now]
        let begun = try ledger.start(at: now)
        state = begun.state
        news = begun.news
    }

    // MARK: - What happens

    /// Time passes, probes find something, people record something, and the monitor steps, or fails to.
    mutating func step() throws {
        pass()
        if generator.once(in: odds.record) { try record() }
        try turn(probe())
    }

    private mutating func pass() {
        let length: Milliseconds =
            generator.once(in: odds.longPause)
            ? generator.number(1...30) * 3_600_000 : generator.number(1...20) * 15_000
        if generator.once(in: odds.clockStep) {
            // By minutes, or by hours.
            clock.step(generator.number(-300...300) * (generator.once(in: 4) ? 60_000 : 1000))
            readings.append(passes.now())
        }
        clock.pass(length)
        let expected = now.wall + length
        now = passes.now()
        if now.wall < expected { setBacks.append((to: now.wall, said: ledger.alerts.count)) }
    }

    /// The passes of `clock` as a monitor counts them that begins after what is in `ledger`.
    private static func passes(by clock: TestClock, after ledger: MemoryLedger) -> PassClock {
        let passes = PassClock { clock.now }
        ledger.goOn(passes)
        return passes
    }

    /// A sample of `ago` ms before now, by what the clock showed then; nil where the monitor had not begun yet.
    private func sample(_ state: SampleState, _ ago: Milliseconds) -> Sample? {
        readings.last { $0.monotonic + ago <= now.monotonic }.map { reading in
            let passed = now.monotonic - reading.monotonic
            return Sample(at: reading.wall + (passed - ago), state: state, pass: reading.pass, family: .ipv4)
        }
    }

    private mutating func probe() -> [Observation] {
        if generator.once(in: odds.blindness) { isBlind.toggle() }
        hasBeenBlind = hasBeenBlind || isBlind
        var found: [Observation] = Self.references.filter { _ in !generator.once(in: 6) }.compactMap { reference in
            sample(isBlind ? .down : .up, 1000).map { sample in
                Observation(check: reference.id, sample: sample, address: "192.0.2.1", cause: .connection(.timedOut))
            }
        }
        for service in ledger.catalog.services {
            for check in service.checks where !generator.once(in: odds.silence) {
                let id = CheckID(service: service.id, check: check.id)
                if generator.once(in: odds.change) {
                    known[id] = generator.once(in: 5) ? .unknown : generator.once(in: 2) ? .down : .up
                }
                let late: Milliseconds = generator.once(in: odds.late) ? generator.number(1...200) * 1000 : 0
                for before in [21_000, 1000] as [Milliseconds] {
                    let state = isBlind ? .down : known[id] ?? .up
                    guard let sample = sample(state, late + before) else { continue }
                    found.append(
                        Observation(check: id, sample: sample, address: "10.0.0.1", cause: .connection(.refused)))
                }
            }
        }
        return found
    }

    private mutating func record() throws {
        switch generator.number(0...3) {
        case 0:
            exclusions += 1
            let from = now.wall + generator.number(-48...24) * 3_600_000
            let interval = try #require(Interval(from, from + generator.number(1...10) * 3_600_000))
            ledger.record(
                Exclusion(
                    id: "E\(exclusions)", category: generator.once(in: 2) ? .forceMajeure : .scheduledMaintenance,
                    scope: [generator.once(in: 2) ? .all : .group("rack")], interval: interval,
                    noticeAt: generator.once(in: 2) ? from - 30 * 3_600_000 : nil, evidence: "letter",
                    recordedAt: now.wall, recordedBy: "lan"))
        case 1: try plan()
        default: try handle()
        }
    }

    private mutating func handle() throws {
        let open = try ledger.incidents().filter(\.isOpen)
        guard let incident = open.randomElement(using: &generator) else { return }
        let event = IncidentEvent(
            at: max(now.wall, incident.openedAt), recordedAt: max(now.wall, incident.openedAt), by: "lan",
            generator.once(in: 3) ? .resolved(note: "done") : .noted("looking"))
        var next = incident
        if (try? next.append(event)) != nil { ledger.record(event, of: incident.number) }
    }

    private mutating func plan() throws {
        let from = now.wall + generator.number(0...40) * 3_600_000
        let interval = try #require(Interval(from, from + generator.number(1...6) * 3_600_000))
        let at = now.wall
        let isTold = generator.once(in: 2)
        ledger.plan { record in
            let number = record.plans.count + 1
            record.plans.append(
                MaintenancePlan(
                    number: number, kind: .scheduled, scope: [.customer("acme")], recurrence: .once(interval),
                    reason: "disks", plannedAt: at, plannedBy: "lan"))
            guard isTold else { return }
            for channel in NoticeChannel.allCases {
                record.deliveries.append(
                    NoticeDelivery(
                        subject: .plan(number), customer: nil, channel: channel, at: at, recordedAt: at, by: "lan",
                        answer: ""))
            }
        }
    }

    // MARK: - The monitor

    private mutating func turn(_ coming: [Observation], isHealthy: Bool = false) throws {
        let read = try news ?? ledger.news(for: state)
        news = nil
        let fault = !isHealthy && generator.once(in: odds.fault) ? generator.pick(Fault.allCases) : nil
        // The news are known whatever becomes of the step, and so is what the clock shows.
        if fault == .newsAlone || fault == .revert {
            _ = state.step(MonitorEvents(), read, now: now)
            state.revert()
        } else {
            _ = state.merge(read, now: now)
        }
        waiting += coming
        // What is kept of it here would be copied by the step.
        let before = fault == .revert ? state : nil
        let step = state.step(MonitorEvents(waiting), now: now)
        if !isHealthy, generator.once(in: odds.quick) { try handle() }
        switch fault {
        case .revert:
            state.revert()
            let isAsBefore = state == before
            #expect(isAsBefore)
            reverts += 1
        case .ledger:
            _ = state.ledgerFailed("full", now: now)
            reverts += 1
        case .killBefore:
            // What probes found is gone.
            waiting = []
            try restart()
        case .killAfter:
            guard ledger.keep(step.facts, at: now.wall) else { return quick() }
            waiting = []
            try restart()
        case .newsAlone, nil:
            guard ledger.keep(step.facts, at: now.wall) else { return quick() }
            waiting = []
            state.commit()
            state.ledgerRecovered()
            if generator.once(in: odds.restart) { try compareWithRestart() }
        }
    }

    /// What goes wrong with a turn: the commit fails, once or as the ledger has failed; the monitor is killed before the
    /// commit or after it; what was found is lost, and what was read is not.
    private enum Fault: CaseIterable {
        case revert, ledger, killBefore, killAfter, newsAlone
    }

    private mutating func quick() {
        state.revert()
        quicker += 1
    }

    private mutating func restart() throws {
        restarts += 1
        let begun = try ledger.start(at: now)
        state = begun.state
        news = begun.news
        passes = Self.passes(by: clock, after: ledger)
        now = passes.now()
        readings = [now]
    }

    /// One that begins now, where the ledger is, and looks at everything, has no more to say than one that goes on and
    /// looks only at what may have changed.
    private func compareWithRestart() throws {
        // What is not decided on a clock that is doubted is decided at another instant than after a restart.
        if now.isDoubted { return }
        var (running, itsLedger) = (state, ledger)
        let expected = try settle(&running, &itsLedger, nil, now)
        var freshLedger = ledger
        var (fresh, first) = try freshLedger.start(at: now)
        let found = try settle(&fresh, &freshLedger, first, Self.passes(by: clock, after: ledger).now())
        // Where the references have failed, the one that goes on may wait for an answer of theirs that the other has not
        // asked for yet, and decides at another instant: another is said, and a burn is followed from there. The figures
        // are those of the samples all the same.
        if !hasBeenBlind { #expect(found == expected) }
        let later = now.wall + Self.settling
        for service in ledger.catalog.services {
            let (expected, found) = (
                running.figures(of: service.id, at: later), fresh.figures(of: service.id, at: later)
            )
            #expect(found?.tally == expected?.tally)
            if !hasBeenBlind { #expect(found == expected) }
        }
    }

    /// Longer than anybody waits for the references' answer, in ms.
    private static let settling: Milliseconds = 48_000

    /// What `state` has to say after `now` while nothing new comes, until it has read again what came late, and nobody
    /// waits.
    private func settle(
        _ state: inout MonitorState, _ ledger: inout MemoryLedger, _ first: MonitorNews?, _ now: Now
    ) throws -> [String] {
        var (said, news): ([String], MonitorNews?) = ([], first)
        for turn in 1...4 {
            let passed = Self.settling / 4 * Milliseconds(turn)
            let later = Now(
                wall: now.wall + passed, monotonic: now.monotonic + passed, pass: now.pass, passedEnd: now.passedEnd)
            let read = try news ?? ledger.news(for: state)
            news = nil
            let facts = state.step(MonitorEvents(), read, now: later).facts
            let isKept = ledger.keep(facts, at: later.wall)
            #expect(isKept)
            state.commit()
            said += Self.essence(facts)
        }
        return said.sorted()
    }

    /// What is to be the same after a restart: not whether probes can see, which is found out anew.
    private static func essence(_ facts: MonitorFacts) -> [String] {
        let ofMemory: Set<AlertEvent> = [.measurementLost, .measurementRestored]
        return facts.transitions.map { "\($0.service) \($0.state) \($0.since.milliseconds)" }
            // What is said of many in one line is not said of each, and waits for who else comes.
            + facts.alerts.filter { !ofMemory.contains($0.event) && !$0.subject.isEmpty }
            .map { "\($0.event) \($0.subject)" }
            + facts.incidentEvents.map { "incident \($0.event.at.milliseconds)" }
    }

    /// All goes well for a while: whatever waited is kept.
    mutating func heal() throws {
        for _ in 0..<2 {
            clock.pass(30_000)
            now = passes.now()
            try turn([], isHealthy: true)
        }
    }
}
