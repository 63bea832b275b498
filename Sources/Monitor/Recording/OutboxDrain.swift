import Alerting
import Dispatch
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
    private let log: Logger
    private var syslog: Syslog
    /// Alerts that were written while the ledger could not take them; they are not written again.
    private var writtenAhead: [Alert] = []
    private var knownObstacle: String?

    init(ledger: Ledger, syslog: Syslog, log: Logger) {
        self.ledger = ledger
        self.syslog = syslog
        self.log = log
    }

    /// Writes from now on as `syslog` says.
    func use(_ syslog: Syslog) { self.syslog = syslog }

    /// Writes `alert` although it is not durable: the only way to say that the ledger itself has failed.
    ///
    /// The caller commits it when the ledger works again; it is then marked, not written.
    func writeAhead(_ alert: Alert) {
        syslog.write(alert)
        writtenAhead.append(alert)
    }

    /// Writes what is in the outbox, in order, and marks it. What cannot be written now stays for the next call.
    func drain(now: Instant) {
        do {
            while true {
                let entries = try ledger.undelivered(limit: 100)
                if entries.isEmpty { return }
                guard canWrite() else { return }
                for entry in entries {
                    if let index = writtenAhead.firstIndex(of: entry.alert) {
                        writtenAhead.remove(at: index)
                    } else {
                        syslog.write(entry.alert)
                    }
                    // One at a time: a crash between the two lines above and this one repeats at most one.
                    try ledger.markDelivered(ids: [entry.id], at: now)
                }
            }
        } catch {
            log.error("alerts wait in the outbox: \(error)")
        }
    }

    /// Whether somebody listens; the log says so when that changes.
    private func canWrite() -> Bool {
        let obstacle = syslog.obstacle()
        if obstacle != knownObstacle {
            if let obstacle { log.error("alerts wait in the outbox: syslog does not listen: \(obstacle)") }
            if obstacle == nil { log.notice("syslog listens again") }
            knownObstacle = obstacle
        }
        return obstacle == nil
    }
}
