import Alerting
import Ledger
import Logging
import Platform
import SLA

/// Takes alerts out of the ledger's outbox and writes them to syslog: after they are durable, each once.
///
/// It has a queue of its own, since syslog(3) may block and must hold up neither probes nor commits.
actor OutboxDrain {
    private let executor = SerialQueue(label: "availd.outbox")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let ledger: Ledger
    private let announced: AnnouncedLoss
    private let log: Logger
    private var syslog: Syslog
    /// Alerts to be written before they are durable, which syslog has not taken yet.
    private var ahead: [Alert] = []
    /// Those that it has taken: they are marked when they come through the outbox, not written again.
    private var writtenAhead: [Alert]
    /// Entries that are written and could not be marked yet.
    private var unmarked: Set<Int64> = []
    private var knownObstacle: String?

    init(ledger: Ledger, announced: AnnouncedLoss, syslog: Syslog, log: Logger) {
        self.ledger = ledger
        self.announced = announced
        self.syslog = syslog
        self.log = log
        writtenAhead = announced.read().map { [$0] } ?? []
    }

    /// Writes from now on as `syslog` says.
    func use(_ syslog: Syslog) { self.syslog = syslog }

    /// Writes `alert` although it is not durable: the only way to say that the ledger itself has failed.
    ///
    /// The caller commits it when the ledger works again; it is then marked, not written.
    func writeAhead(_ alert: Alert) {
        ahead.append(alert)
        writeAhead()
    }

    private func writeAhead() {
        guard !ahead.isEmpty, obstacle() == nil else { return }
        for alert in ahead {
            syslog.write(alert)
            announced.note(alert)
        }
        writtenAhead += ahead
        ahead = []
    }

    /// Writes what is in the outbox, in order, and marks it. What cannot be done now is left for the next call.
    func drain(now: Instant) {
        writeAhead()
        do {
            while true {
                let entries = try ledger.undelivered(limit: 100)
                if entries.isEmpty { break }
                // What is written already needs no listener, only its mark.
                let isHeard = obstacle() == nil
                for entry in entries {
                    if !unmarked.contains(entry.id) {
                        guard isHeard else { return }
                        write(entry.alert)
                        unmarked.insert(entry.id)
                    }
                    // One at a time: a crash before this line repeats the one alert above it, and no other.
                    try ledger.markDelivered(ids: [entry.id], at: now)
                    unmarked.remove(entry.id)
                }
            }
            if writtenAhead.isEmpty, ahead.isEmpty { announced.clear() }
            know(nil)
        } catch {
            know("\(error)")
        }
    }

    private func write(_ alert: Alert) {
        // The note that outlives a restart knows the instant, and not the reason.
        if let index = writtenAhead.firstIndex(where: { $0.event == alert.event && $0.at == alert.at }) {
            writtenAhead.remove(at: index)
        } else {
            // It is durable by now, and needs no other way.
            ahead.removeAll { $0 == alert }
            syslog.write(alert)
        }
    }

    /// Why syslog would take nothing now.
    private func obstacle() -> String? {
        let obstacle = syslog.obstacle().map { "syslog does not listen: \($0)" }
        know(obstacle)
        return obstacle
    }

    /// Says in the log what keeps alerts back, when that changes.
    private func know(_ obstacle: String?) {
        guard obstacle != knownObstacle else { return }
        knownObstacle = obstacle
        if let obstacle {
            log.error("alerts wait in the outbox: \(obstacle)")
        } else {
            log.notice("alerts go out again")
        }
    }
}
