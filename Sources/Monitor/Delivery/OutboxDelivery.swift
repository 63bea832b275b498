import Alerting
import Ledger
import Logging
import SLA

/// Whoever takes alerts: syslog, or a test.
protocol AlertSink: Sendable {
    /// Why nothing that is written now would arrive, or nil.
    func obstacle() -> String?
    /// Writes `alert`, whose number is `number`.
    func write(_ alert: Alert, number: Int64)
}

extension Syslog: AlertSink {}

extension Alert {
    /// The number of a line that is written before the outbox has given the alert one: no other line has it, and a
    /// repetition has the same.
    var numberBeforeOutbox: Int64 { -at.milliseconds }
}

/// Takes alerts out of the ledger's outbox and writes them to syslog: after they are durable, each once.
///
/// It is to have a queue of its own, since syslog(3) may block and must hold up neither probes nor commits.
struct OutboxDelivery {
    /// How often it looks for a line of many that is due, in ms.
    static let interval: Milliseconds = 1000

    private let ledger: any MonitorLedger
    private let lossNote: MeasurementLossNote
    private let clock: @Sendable () -> Now
    private var sink: any AlertSink
    /// Alerts to be written before they are durable, which syslog has not taken yet.
    private var toAnnounce: [Alert] = []
    /// Those that it has taken: they are marked when they come through the outbox, not written again.
    private var announced: [Alert]
    /// Entries that are written and could not be marked yet.
    private var unmarked: Set<Int64> = []
    /// Those of a line of many that is written and could not be marked yet.
    private var unmarkedLine: [Int64]?
    /// What waits until it is said of many together.
    private var together = SharedLines()
    /// The number up to which every entry is marked, or waits in ``together`` or ``unmarkedLine``.
    private var position: Int64 = 0
    private var failure: FailureLog
    private var isStopped = false

    init(
        ledger: any MonitorLedger, lossNote: MeasurementLossNote, sink: any AlertSink, log: Logger,
        clock: @escaping @Sendable () -> Now
    ) {
        self.ledger = ledger
        self.lossNote = lossNote
        self.clock = clock
        self.sink = sink
        failure = FailureLog(log, "alerts wait in the outbox", end: "alerts go out again")
        let loss = lossNote.read()
        announced = loss.flatMap { $0.isAnnounced ? [$0.alert] : nil } ?? []
        // A kill came before the note, and after the line or before it.
        toAnnounce = loss.flatMap { $0.isAnnounced ? nil : [$0.alert] } ?? []
    }

    /// Writes to `sink` from now on.
    mutating func use(_ sink: any AlertSink) { self.sink = sink }

    /// Writes `alert` although it is not durable: the only way to say that the ledger itself has failed.
    ///
    /// The caller commits it when the ledger works again; it is then marked, not written.
    mutating func announce(_ alert: Alert) {
        toAnnounce.append(alert)
        announceWhatWaits()
    }

    private mutating func announceWhatWaits() {
        guard !toAnnounce.isEmpty, obstacle() == nil else { return }
        for alert in toAnnounce {
            lossNote.note(alert, isAnnounced: false)
            sink.write(alert, number: alert.numberBeforeOutbox)
            lossNote.note(alert, isAnnounced: true)
        }
        announced += toAnnounce
        toAnnounce = []
    }

    /// Writes what is in the outbox for the last time: the ledger is closed next.
    mutating func stop() {
        deliver()
        isStopped = true
    }

    /// Writes what is in the outbox, in order, and marks it. What cannot be done now is left for the next call.
    mutating func deliver() {
        announceWhatWaits()
        if isStopped { return }
        let now = clock()
        do {
            if let numbers = unmarkedLine { try mark(numbers, now) }
            unmarkedLine = nil
            guard try takeIn(now), try sayTogether(now) else { return }
            if announced.isEmpty, toAnnounce.isEmpty { lossNote.clear() }
            failure.note(nil)
        } catch {
            failure.note("\(error)")
        }
    }

    /// Takes a turn: what many services have in common is said when nothing more comes.
    mutating func turn() {
        if !together.isEmpty || unmarkedLine != nil { deliver() }
    }

    /// Writes what is new, and marks it; what is said of many together waits for its line, unmarked, so that a restart
    /// gathers it again.
    ///
    /// - Returns: whether everything is taken in.
    private mutating func takeIn(_ now: Now) throws -> Bool {
        while true {
            let entries = try ledger.undelivered(after: position, limit: 100)
            if entries.isEmpty { return true }
            try mark(entries.filter(\.alert.isSaidBySharedFailure).map(\.id), now)
            // What is written already needs no listener, only its mark.
            let isHeard = obstacle() == nil
            for entry in entries {
                if !entry.alert.isSaidBySharedFailure {
                    guard isHeard || unmarked.contains(entry.id) else { return false }
                    try take(entry, now)
                }
                position = entry.id
            }
        }
    }

    private mutating func take(_ entry: OutboxEntry, _ now: Now) throws {
        if entry.alert.sharedFailure != nil {
            return together.add(entry.alert, number: entry.id, now: now.monotonic)
        }
        if unmarked.insert(entry.id).inserted { write(entry) }
        // One at a time: a crash before this line repeats the one alert above it, and no other.
        try mark([entry.id], now)
        unmarked.remove(entry.id)
    }

    /// Says what many services have in common, as far as it is due.
    ///
    /// - Returns: whether all of it is said.
    private mutating func sayTogether(_ now: Now) throws -> Bool {
        for line in together.due(at: now.monotonic) {
            guard obstacle() == nil else { return false }
            sink.write(line.alert, number: line.number)
            together.remove(line)
            unmarkedLine = line.alerts
            try mark(line.alerts, now)
            unmarkedLine = nil
        }
        return true
    }

    private func mark(_ numbers: [Int64], _ now: Now) throws {
        if numbers.isEmpty { return }
        _ = try ledger.record { _ in numbers.map { .alertDelivered(alert: $0, at: now.recordedAt) } }
    }

    private mutating func write(_ entry: OutboxEntry) {
        let alert = entry.alert
        // The note that outlives a restart knows the instant, and not the reason.
        if let index = announced.firstIndex(where: { $0.event == alert.event && $0.at == alert.at }) {
            announced.remove(at: index)
        } else {
            // It is durable by now, and needs no other way.
            toAnnounce.removeAll { $0 == alert }
            sink.write(alert, number: entry.id)
        }
    }

    /// Why syslog would take nothing now.
    private mutating func obstacle() -> String? {
        let obstacle = sink.obstacle().map { "syslog does not listen: \($0)" }
        failure.note(obstacle)
        return obstacle
    }
}
