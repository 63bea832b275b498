import GRDB
import SLA

/// The samples of checks. Their SQL is written by hand and read by position, as a report reads millions of them.
extension LedgerSnapshot {
    /// Gives `body` the samples of `check` that the calculation over `period` needs, in the order of `at`, and
    /// none later than `asOf`. Samples are read as they are given.
    ///
    /// They begin with the last sample before the period that is not down (or with the very first), and end
    /// with the first at or after the period's end that is not down (or with the very last). A timeline built
    /// from them alone is the whole series' timeline inside the period (semantics §3). Let *b* and *e* be the
    /// two samples at the ends.
    /// - **Coverage.** An instant of the period is covered by the last sample at or before it, until the next
    ///   sample or `stale_after`. That last sample is *b* or later, for *b* is before the period; what follows
    ///   it in the whole series follows it here as well, up to *e*, which is not before the period's end.
    /// - **Confirmation.** A failing run is adjacent `down` samples, so none reaches over *b* or *e*, which are
    ///   not down. A run that covers any of the period has its first sample after *b*, and its last before *e*;
    ///   all of it is here, and so is the sample after it, by which a short run is a transient or unmeasured.
    /// - **Bounds.** The longest outage begins at the adjacent `up` before the run. Before a run that covers
    ///   any of the period that is at the earliest *b*. A run that begins only after the period's end can
    ///   still reach into it so, from the period's last sample: it lies before *e*, and is here whole.
    ///
    /// Samples after `asOf` do not exist (semantics §1), so `asOf` cuts the whole series as it cuts this one.
    /// - Throws: ``LedgerError``, and what `body` throws.
    public func samples(
        of check: CheckID, covering period: Interval, asOf: Instant, _ body: (Sample) throws -> Void
    ) throws {
        guard let series = try series(check) else { return }
        let first = try bound("at < ? AND at <= ? AND state <> 1 ORDER BY at DESC", series, period.start, asOf)
        let last = try bound("at >= ? AND at <= ? AND state <> 1 ORDER BY at", series, period.end, asOf)
        // A statement of its own: `body` may read the samples of another check meanwhile.
        let statement = try db.makeStatement(
            sql: "SELECT at, state FROM samples WHERE series = ? AND at >= ? AND at <= ? ORDER BY at")
        let rows = try Row.fetchCursor(
            statement, arguments: [series, first ?? .min, last ?? asOf.milliseconds])
        while let row = try rows.next() {
            try body(sample(row, of: series))
        }
    }

    /// The samples of `check` from `first` to `last`, both included, in the order of `at`.
    /// - Throws: ``LedgerError``.
    public func samples(of check: CheckID, from first: Instant, through last: Instant) throws -> PackedSamples {
        var samples = PackedSamples()
        guard let series = try series(check) else { return samples }
        let statement = try db.cachedStatement(
            sql: "SELECT at, state FROM samples WHERE series = ? AND at BETWEEN ? AND ? ORDER BY at")
        let rows = try Row.fetchCursor(statement, arguments: [series, first.milliseconds, last.milliseconds])
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

    /// The number of samples. It is counted: a ledger of a year takes seconds.
    /// - Throws: ``LedgerError``.
    public func sampleCount() throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT count(*) FROM samples") ?? 0
    }

    func series(_ check: CheckID) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM series WHERE service = ? AND check_id = ?"),
            arguments: [check.service, check.check])
    }

    private func bound(_ condition: String, _ series: Int64, _ edge: Instant, _ asOf: Instant) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT at FROM samples WHERE series = ? AND \(condition) LIMIT 1"),
            arguments: [series, edge.milliseconds, asOf.milliseconds])
    }

    /// The sample in a row of `at` and `state`, in this order.
    func sample(_ row: Row, of series: Int64) throws -> Sample {
        let (at, number) = (try row.decode(Int64.self, atIndex: 0), try row.decode(Int64.self, atIndex: 1))
        guard let state = UInt8(exactly: number).flatMap(SampleState.init(rawValue:)) else {
            throw LedgerError.damaged(
                path: path, reason: "row (\(series), \(at)) of samples, column state: \(number) is no SampleState")
        }
        return Sample(at: Instant(milliseconds: at), state: state)
    }
}
