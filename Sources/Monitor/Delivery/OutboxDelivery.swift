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
    private var failure: FailureLog

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

    /// Writes what is in the outbox, in order, and marks it. What cannot be done now is left for the next call.
    mutating func deliver() {
        announceWhatWaits()
        let now = clock().recordedAt
        do {
            while true {
                var entries = try ledger.undelivered(limit: 100)
                if entries.isEmpty { break }
                // What is said in one line for many has none of its own.
                let silent = entries.filter { $0.alert.sharedFailure != nil }
                if !silent.isEmpty {
                    _ = try ledger.record { _ in silent.map { .alertDelivered(alert: $0.id, at: now) } }
                    entries.removeAll { $0.alert.sharedFailure != nil }
                }
                // What is written already needs no listener, only its mark.
                let isHeard = obstacle() == nil
                for entry in entries {
                    if !unmarked.contains(entry.id) {
                        guard isHeard else { return }
                        write(entry)
                        unmarked.insert(entry.id)
                    }
                    // One at a time: a crash before this line repeats the one alert above it, and no other.
                    _ = try ledger.record { _ in [.alertDelivered(alert: entry.id, at: now)] }
                    unmarked.remove(entry.id)
                }
            }
            if announced.isEmpty, toAnnounce.isEmpty { lossNote.clear() }
            failure.note(nil)
        } catch {
            failure.note("\(error)")
        }
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
