import Ledger
import LedgerSupport
import SLA

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
    let catalog: Catalog
    private let folder: StateFolder
    private let announcements = TestAnnouncements()
    private(set) var crashes = 0
    private(set) var pending = PendingObservations()
    var recorder: Recorder
    private(set) var outbox: OutboxDelivery

    init(_ catalog: Catalog, at start: Instant) throws {
        folder = StateFolder(isDurable: false)
        clock = TestClock(start)
        self.catalog = catalog
        ledger = FaultyLedger(try Ledger(directory: folder.path, access: .daemon))
        (recorder, outbox) = try Self.parts(catalog, folder, ledger, sink, log, clock, pending, announcements)
        try recorder.start(event(.start))
    }

    private static func parts(
        _ catalog: Catalog, _ folder: StateFolder, _ ledger: FaultyLedger, _ sink: TestSink, _ log: TestLog,
        _ clock: TestClock, _ pending: PendingObservations, _ announcements: TestAnnouncements
    ) throws -> (Recorder, OutboxDelivery) {
        let note = MeasurementLossNote(stateDirectory: folder.path)
        let outbox = OutboxDelivery(
            ledger: ledger, lossNote: note, sink: sink, log: log.logger, clock: { clock.now })
        let recorder = try Recorder(
            catalog: catalog, ledger: ledger, announced: note.read(), pending: pending,
            announcing: announcements.announcing, log: log.logger, clock: { clock.now }, progress: { _ in })
        return (recorder, outbox)
    }

    func event(_ kind: DaemonEvent.Kind) -> DaemonEvent {
        DaemonEvent(kind: kind, at: clock.now.wall, pid: 1, version: "1")
    }

    var path: String { folder.path }

    /// A probe of `service` has found `state` now.
    func see(_ service: String, _ state: SampleState, address: String? = nil, cause: Cause? = nil) {
        var found = observation(service, clock.now.wall, state)
        found.address = address
        found.cause = cause
        pending.add(found)
    }

    /// `length` ms pass, and a turn is taken, or as many as it takes.
    mutating func turn(after length: Milliseconds = Recorder.interval) {
        clock.pass(length)
        for _ in 0..<100 where recorder.turn() {}
        announce()
    }

    /// Does what the recorder has asked of the outbox.
    private mutating func announce() {
        let asked = announcements.take()
        for alert in asked.unrecorded { outbox.announce(alert) }
        if asked.isToDeliver { outbox.deliver() }
    }

    /// The process is killed and started again: what was not kept is gone.
    mutating func crash() throws {
        crashes += 1
        _ = announcements.take()
        pending = PendingObservations()
        (recorder, outbox) = try Self.parts(catalog, folder, ledger, sink, log, clock, pending, announcements)
        try recorder.start(event(.start))
        outbox.deliver()
    }

    /// The configuration says `catalog` from now on.
    mutating func reload(_ catalog: Catalog) throws { try recorder.follow(catalog, event(.reload)) }

    /// The daemon is stopped; whether everything is recorded.
    mutating func stop() -> Bool {
        let isRecorded = recorder.stop(event(.stop))
        announce()
        outbox.deliver()
        return isRecorded
    }

    /// The alerts that syslog has, as `event subject`.
    var said: [String] { sink.written.map { "\($0.event.rawValue) \($0.subject)" } }

    /// The alerts of the ledger, in order.
    func kept() throws -> [Alert] {
        try ledger.ledger.read { try $0.alerts(of: AlertEvent.allCases, since: .distantPast) }
    }
}
