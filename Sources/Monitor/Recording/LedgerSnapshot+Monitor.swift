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
    ///   - rules: how its samples are read.
    ///   - ends: where passes ended.
    ///   - count: how many samples were read is added to it.
    func checkTimeline(
        _ id: CheckID, _ rules: SeriesRules, from start: Instant, ends: [PassEnd] = [], count: inout Int
    ) throws -> CheckTimeline {
        var timeline = CheckTimeline(rules.check, voids: rules.voids, ends: ends.ends(of: id))
        if let all = Interval(start, .distantFuture) {
            try samples(of: id, covering: all, asOf: .distantFuture, in: rules) { sample in
                timeline.append(sample)
                count += 1
            }
        }
        timeline.forget(before: start)
        return timeline
    }

    /// By which mode the checks of `service` made up its state at the beginning of `period`; nil where that is the first.
    func mode(of service: Service, in period: Interval, _ index: CorrectionIndex) throws -> CheckMode? {
        guard service.rules.changesMode(before: period.start) else { return nil }
        return try timeline(of: service, in: period, index).mode(at: period.start)
    }

    /// Since when `service` is disrupted at `start`, where its timelines begin: down, or unmeasured since it was; nil
    /// where it is not. Of a service that is up then, a few samples are read.
    ///
    /// - Parameter index: what its samples are read with.
    func disruption(of service: Service, at start: Instant, _ index: CorrectionIndex) throws -> Instant? {
        let corrections = index.corrections(of: service)
        func look(from: Instant) throws -> (since: Instant?, mayBeOlder: Bool) {
            guard let time = Interval(from, start + 1) else { return (nil, false) }
            return try timeline(of: service, in: time, index).disruption(at: start, after: from)
        }
        var back = LookBack(from: start)
        var found = try look(from: start)
        while found.mayBeOlder {
            let known = [try firstSampleAt(of: service), corrections.downtime.intervals.first?.start]
            guard let from = back.next(before: known) else { break }
            found = try look(from: from)
        }
        return found.since
    }

    /// The timeline of `service` in `time`, of every sample that is recorded.
    private func timeline(of service: Service, in time: Interval, _ index: CorrectionIndex) throws -> ServiceTimeline {
        try ServiceTimeline(
            of: service, in: time, corrections: index.corrections(of: service), ends: index.ends
        ) { check, time, timeline in
            try feed(&timeline, of: check, covering: time, asOf: .distantFuture)
        }
    }
}
