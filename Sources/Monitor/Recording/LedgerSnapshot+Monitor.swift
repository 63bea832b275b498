import Ledger
import SLA

/// What the monitor needs to know of the past, read from the ledger.
extension LedgerSnapshot {
    /// Where the monitor goes on, in the month that lies in `period`.
    func monitorHistory(_ period: Interval) throws -> MonitorHistory {
        var history = try serviceHistory(period)
        history.incidents = try incidents(asOf: .distantFuture)
        history.incidentsVersion = try incidentsVersion()
        history.pass = try currentPass()
        history.isClockDoubted = try latestClockTrust()?.kind == .clockDoubted
        history.blind = try corrections().compactMap { Blindness(open: $0) }
        return history
    }

    /// Whether the wall clock is doubted, as it was said last, and since when; nil where nothing was said.
    func latestClockTrust() throws -> DaemonEvent? { try latestDaemonEvent(of: [.clockDoubted, .clockBelieved]) }

    /// The same without incidents.
    func serviceHistory(_ period: Interval) throws -> MonitorHistory {
        let latest = try MonitorHistory.latches.flatMap { try latestAlerts(of: $0) }
        return MonitorHistory(
            alerts: latest + (try alerts(of: MonitorHistory.ofTheMonth, since: period.start)),
            transitions: try latestTransitions())
    }

    /// The check's timeline from `start` on, with every sample that is recorded: where the clock has stepped back,
    /// some are later than it shows, and they count when it gets there.
    ///
    /// - Parameters:
    ///   - voids: the time in which samples leave its series.
    ///   - ends: where passes ended.
    ///   - count: how many samples were read is added to it.
    func checkTimeline(
        _ id: CheckID, _ check: Check, from start: Instant, voids: SampleVoids = SampleVoids(), ends: [PassEnd] = [],
        count: inout Int
    ) throws -> CheckTimeline {
        var timeline = CheckTimeline(of: check, voids: voids, ends: ends.ends(of: id))
        if let all = Interval(start, .distantFuture) {
            try samples(of: id, covering: all, asOf: .distantFuture, voids: voids) { sample in
                timeline.append(sample)
                count += 1
            }
        }
        timeline.forget(before: start)
        return timeline
    }
}
