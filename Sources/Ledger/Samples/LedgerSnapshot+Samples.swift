import GRDB
import SLA

/// The samples of checks. Their SQL is written by hand and read by position, as a report reads millions of them.
extension LedgerSnapshot {
    /// Gives `body` the samples of `check` that the calculation over `period` needs, pass by pass in the order of `at`,
    /// and none later than `asOf`. Samples are read as they are given; those that are not in the series are among them.
    ///
    /// Each pass begins with the last sample before the period that is up and in the series (or with the very first), and ends with the first at or after the period's end that is not down and in the series (or with the very
    /// last). A timeline built from them alone is the whole series' timeline inside the period (semantics §3). Let *b*
    /// and *e* be the two samples at the ends of a pass.
    /// - **Coverage.** An instant of the period is covered by the last sample at or before it, until the next
    ///   sample or `stale_after`. That last sample is *b* or later, for *b* is before the period; what follows
    ///   it in the whole series follows it here as well, up to *e*, which is not before the period's end.
    /// - **Confirmation.** A failing run is adjacent `down` samples, so none reaches over *b* or *e*, which are
    ///   not down. A run that covers any of the period has its first sample after *b*, and its last before *e*;
    ///   all of it is here, and so is the sample after it, by which a short run is a transient or unmeasured.
    /// - **Bounds.** The longest outage begins at the adjacent `up` before the run. Before a run that covers
    ///   any of the period that is at the earliest *b*. A run that begins only after the period's end can
    ///   still reach into it so, from the period's last sample: it lies before *e*, and is here whole.
    /// - **Membership.** Whether the check was down when it left its service is said by its last sample that is not
    ///   `unknown`: where that lies before the period and is down, it lies after *b*, which is up.
    ///
    /// Samples after `asOf` do not exist (semantics §1), so `asOf` cuts the whole series as it cuts this one.
    /// - Throws: ``LedgerError``, and what `body` throws.
    public func samples(
        of check: CheckID, covering period: Interval, asOf: Instant, in rules: SeriesRules? = nil,
        _ body: (Sample) throws -> Void
    ) throws {
        for series in try series(check) {
            let first = try bound(
                "at < ? AND at <= ? AND state = 0 ORDER BY at DESC", series, period.start, asOf, rules)
            let last = try bound("at >= ? AND at <= ? AND state <> 1 ORDER BY at", series, period.end, asOf, rules)
            // A statement of its own: `body` may read the samples of another check meanwhile.
            let statement = try db.makeStatement(
                sql: "SELECT at, state, family FROM samples WHERE series = ? AND at >= ? AND at <= ? ORDER BY at")
            let rows = try Row.fetchCursor(
                statement, arguments: [series.id, first?.at.milliseconds ?? .min, (last?.at ?? asOf).milliseconds])
            while let row = try rows.next() { try body(sample(row, of: series)) }
        }
    }

    /// Feeds `timeline`, of `check`, with the samples that the calculation over `period` needs; see
    /// ``samples(of:covering:asOf:in:_:)``.
    /// - Throws: ``LedgerError``.
    public func feed(
        _ timeline: inout CheckTimeline, of check: CheckID, covering period: Interval, asOf: Instant
    ) throws {
        let rules = timeline.rules
        try samples(of: check, covering: period, asOf: asOf, in: rules) { timeline.append($0) }
    }

    /// The samples of one pass of `check` from `first` to `last`, both included, in the order of `at`.
    /// - Throws: ``LedgerError``.
    public func samples(
        of check: CheckID, pass: Pass = 0, from first: Instant, through last: Instant
    ) throws -> PackedSamples {
        var samples = PackedSamples(pass: pass)
        guard let series = try series(check).first(where: { $0.pass == pass }) else { return samples }
        let statement = try db.cachedStatement(
            sql: "SELECT at, state, family FROM samples WHERE series = ? AND at BETWEEN ? AND ? ORDER BY at")
        let rows = try Row.fetchCursor(statement, arguments: [series.id, first.milliseconds, last.milliseconds])
        while let row = try rows.next() { samples.append(try sample(row, of: series)) }
        return samples
    }

    /// When the first sample of all was taken; nil where there is none. One look into the index per check.
    /// - Throws: ``LedgerError``.
    public func firstSampleAt() throws -> Instant? {
        try Int64.fetchOne(
            db, sql: "SELECT min((SELECT min(at) FROM samples WHERE series = series.id)) FROM series"
        ).map(Instant.init)
    }

    /// The same of the checks of `service`.
    /// - Throws: ``LedgerError``.
    public func firstSampleAt(of service: Service) throws -> Instant? {
        try service.checks.flatMap { try series(CheckID(service: service.id, check: $0.id)) }.compactMap {
            try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT min(at) FROM samples WHERE series = ?"), arguments: [$0.id])
        }.min().map(Instant.init)
    }

    /// When the first sample of `check` was taken that tells anything, is in the series, and is no later than `asOf`; nil
    /// where there is none. One look into the index for each pass, and one for each sample before it that a void takes.
    /// - Throws: ``LedgerError``.
    public func firstMeasuredAt(_ check: CheckID, asOf: Instant, in rules: SeriesRules) throws -> Instant? {
        try series(check).compactMap {
            try bound("at >= ? AND at <= ? AND state <> 2 ORDER BY at", $0, .distantPast, asOf, rules)?.at
        }.min()
    }

    /// Whether the last sample of `check` that tells anything is `down`, in the latest pass that has one.
    /// - Throws: ``LedgerError``.
    public func isLastSeenDown(_ check: CheckID) throws -> Bool {
        for series in try series(check).reversed() {
            let last = try bound(
                "at >= ? AND at <= ? AND state <> 2 ORDER BY at DESC", series, .distantPast, .distantFuture, nil)
            if let last { return last.state == .down }
        }
        return false
    }

    /// The number of samples. It is counted: a ledger of a year takes seconds.
    /// - Throws: ``LedgerError``.
    public func sampleCount() throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT count(*) FROM samples") ?? 0
    }

    /// One pass of a check, as its samples name it.
    struct PassSeries {
        let id: Int64
        let pass: Pass
    }

    /// The passes of `check` that have samples, in order.
    func series(_ check: CheckID) throws -> [PassSeries] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT id, pass FROM series WHERE service = ? AND check_id = ? ORDER BY pass"),
            arguments: [check.service, check.check]
        ).map { PassSeries(id: try $0.decode(Int64.self, atIndex: 0), pass: try $0.decode(Pass.self, atIndex: 1)) }
    }

    /// The first sample that `condition` finds and that is in the series.
    func bound(
        _ condition: String, _ series: PassSeries, _ edge: Instant, _ asOf: Instant, _ rules: SeriesRules?
    ) throws -> Sample? {
        let statement = try db.makeStatement(
            sql: "SELECT at, state, family FROM samples WHERE series = ? AND \(condition)")
        let rows = try Row.fetchCursor(statement, arguments: [series.id, edge.milliseconds, asOf.milliseconds])
        while let row = try rows.next() {
            let sample = try sample(row, of: series)
            if !(rules?.leavesOut(sample) ?? false) { return sample }
        }
        return nil
    }

    /// The sample in a row of `at`, `state` and `family`, in this order.
    func sample(_ row: Row, of series: PassSeries) throws -> Sample {
        let (at, number) = (try row.decode(Int64.self, atIndex: 0), try row.decode(Int64.self, atIndex: 1))
        func damaged(_ column: String, _ found: Int64, _ type: Any.Type) -> LedgerError {
            .damaged(
                path: path, reason: "row (\(series.id), \(at)) of samples, column \(column): \(found) is no \(type)")
        }
        guard let state = UInt8(exactly: number).flatMap(SampleState.init(rawValue:)) else {
            throw damaged("state", number, SampleState.self)
        }
        let family = try row.decode(Int64?.self, atIndex: 2).map { number in
            guard let family = UInt8(exactly: number).flatMap(IPFamily.init(rawValue:)) else {
                throw damaged("family", number, IPFamily.self)
            }
            return family
        }
        return Sample(at: Instant(milliseconds: at), state: state, pass: series.pass, family: family)
    }
}
