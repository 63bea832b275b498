import Ledger
import LedgerSupport
import Platform
import SLA
import Wording

@testable import Monitor
@testable import SLA
@testable import UseCases

/// The recording half of a daemon on a clock of the test's own: a recorder and an outbox that nobody wakes but the
/// test, and that can be restarted at any moment.
struct Machine {
    let clock: TestClock
    let ledger: FaultyLedger
    let sink = TestSink()
    let log = TestLog()
    private(set) var catalog: Catalog
    let references: [Reference]
    private let folder: StateFolder
    let places: KeepingPlaces
    private let announcements = TestAnnouncements()
    let stopOrder = StopOrder()
    private(set) var crashes = 0
    private(set) var pending: PendingObservations
    private let capacity: Int
    private var passes: PassClock
    var recorder: Recorder
    private(set) var outbox: OutboxDelivery

    /// - Parameters:
    ///   - folder: where the ledger is; another one for each machine where nothing is said.
    ///   - runtimeDirectory: where is kept what the ledger's disk does not take; nil for nowhere.
    ///   - capacity: how many observations memory holds.
    init(
        _ catalog: Catalog, seeingBy references: [Reference] = [], at start: Instant,
        in folder: StateFolder = StateFolder(isDurable: false), runtimeDirectory: String? = nil,
        capacity: Int = 200_000
    ) throws {
        self.folder = folder
        places = KeepingPlaces(stateDirectory: folder.path, runtimeDirectory: runtimeDirectory)
        self.capacity = capacity
        pending = PendingObservations(capacity: capacity)
        clock = TestClock(start)
        self.catalog = catalog
        self.references = references
        ledger = FaultyLedger(try Ledger(directory: folder.path, access: .daemon))
        passes = PassClock { [clock] in clock.now }
        try passes.goOn(with: ledger.ledger)
        (recorder, outbox) = try Self.parts(
            catalog, references, places, ledger, sink, log, passes, pending, announcements, stopOrder)
        try recorder.start(event(.start))
    }

    private static func parts(
        _ catalog: Catalog, _ references: [Reference], _ places: KeepingPlaces, _ ledger: FaultyLedger,
        _ sink: TestSink, _ log: TestLog, _ passes: PassClock, _ pending: PendingObservations,
        _ announcements: TestAnnouncements, _ stopOrder: StopOrder
    ) throws -> (Recorder, OutboxDelivery) {
        let note = MeasurementLossNote(places)
        let outbox = OutboxDelivery(
            ledger: ledger, lossNote: note, sink: sink, log: log.logger, clock: { passes.now() })
        let recorder = try Recorder(
            catalog: catalog, references: references, ledger: ledger, announced: note.read()?.alert,
            pending: pending, spill: SpillFiles(places), announcing: announcements.announcing,
            log: log.logger, clock: passes, isStopping: { stopOrder.isOrdered }, progress: { _ in })
        return (recorder, outbox)
    }

    func event(_ kind: DaemonEvent.Kind) -> DaemonEvent {
        DaemonEvent(kind: kind, at: passes.now().recordedAt, pid: 1, version: "1")
    }

    var path: String { folder.path }

    /// A probe of `service` has found `state` now.
    func see(_ service: String, _ state: SampleState, address: String? = nil, cause: Cause? = nil) {
        let now = passes.now()
        var found = observation(service, now.wall, state)
        found.sample = Sample(at: now.wall, state: state, pass: now.pass, family: IPFamily(ofAddress: address))
        found.address = address
        found.cause = cause
        pending.add(found)
    }

    /// A probe of the reference at `place` has found `state` now.
    func seeReference(_ place: Int, _ state: SampleState) {
        let now = passes.now()
        pending.add(
            Observation(
                check: references[place].id,
                sample: Sample(at: now.wall, state: state, pass: now.pass, family: .ipv4),
                address: "192.0.2.\(place)", cause: state == .up ? nil : .connection(.timedOut)))
    }

    /// `length` ms pass, and a turn is taken, or as many as it takes.
    mutating func turn(after length: Milliseconds = Recorder.interval) {
        clock.pass(length)
        for _ in 0..<100 {
            guard recorder.turn() else { break }
        }
        // Whoever was killed announces nothing more.
        if !ledger.isDead {
            announce()
            outbox.turn()
        }
    }

    /// Does what the recorder has asked of the outbox.
    private mutating func announce() {
        let asked = announcements.take()
        for alert in asked.unrecorded { outbox.announce(alert) }
        if asked.isToDeliver { outbox.deliver() }
    }

    /// The process is killed and started again: what was not kept is gone.
    ///
    /// - Parameters:
    ///   - next: what the configuration says by then, where that is something else.
    ///   - early: what happens while the next one has no ledger yet.
    mutating func crash(following next: Catalog? = nil, _ early: (Machine) -> Void = { _ in }) throws {
        crashes += 1
        catalog = next ?? catalog
        ledger.revive()
        _ = announcements.take()
        pending = PendingObservations(capacity: capacity)
        passes = PassClock { [clock] in clock.now }
        early(self)
        try passes.goOn(with: ledger.ledger)
        (recorder, outbox) = try Self.parts(
            catalog, references, places, ledger, sink, log, passes, pending, announcements, stopOrder)
        try recorder.start(event(.start))
        outbox.deliver()
    }

    /// The configuration says `catalog` from now on.
    mutating func reload(_ catalog: Catalog, saying rules: AnnouncingRules = AnnouncingRules()) throws {
        try recorder.follow(catalog, event(.reload), saying: rules)
    }

    /// The daemon is stopped; whether everything is recorded.
    mutating func stop() -> Bool {
        let isRecorded = recorder.stop(event(.stop))
        announce()
        outbox.stop()
        return isRecorded
    }

    /// The outbox is asked for what it holds.
    mutating func deliver() { outbox.deliver() }

    /// The alerts that syslog has, as `event subject`.
    var said: [String] { sink.written.map { "\($0.event.rawValue) \($0.subject)" } }

    /// The alerts of the ledger, in order.
    func kept() throws -> [Alert] {
        try ledger.ledger.read { try $0.alerts(of: AlertEvent.allCases, since: .distantPast) }
    }

    /// What is wrong, each in a sentence: nothing is said that is not kept, nothing kept that is not said, and nothing
    /// twice; what ends has begun.
    func brokenPromises() throws -> [String] {
        let kept = try kept()
        func lines(_ alerts: [Alert]) -> [String] {
            alerts.map { alert in
                let which = ["month", "threshold_percent", "window_s"].map { alert[$0]?.english(in: .utc) ?? "" }
                return "\(alert.event.rawValue) \(alert.subject) \(alert.at.milliseconds) \(which)"
            }
        }
        var faults: [String] = []
        if Set(lines(kept)).count != kept.count { faults.append("kept twice: \(lines(kept))") }
        // What says that the ledger takes nothing comes before what waited in it. A kill repeats the one alert that is
        // written and could not be marked.
        if Set(lines(sink.written)) != Set(lines(kept)) {
            faults.append("said \(lines(sink.written)), kept \(lines(kept))")
        }
        if sink.written.count - kept.count > crashes { faults.append("said again: \(lines(sink.written))") }
        for (first, second) in [
            (AlertEvent.serviceDown, AlertEvent.serviceUp), (.measurementLost, .measurementRestored),
        ] {
            // Who has left the configuration is not down any more, either.
            let ends: Set = first == .serviceDown ? [second, .serviceWithdrawn] : [second]
            let pair = kept.filter { $0.event == first || ends.contains($0.event) }
            for own in Dictionary(grouping: pair, by: \.subject).values
            where own.map({ ends.contains($0.event) }) != own.indices.map({ $0 % 2 == 1 }) {
                faults.append("\(own.map { "\($0.event) \($0.subject)" })")
            }
        }
        return faults + (try ledger.ledger.read { try $0.checkIntegrity() }.map { "\($0)" })
    }
}
