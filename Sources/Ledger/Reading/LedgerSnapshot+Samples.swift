import GRDB
import SLA

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
            try body(Sample(at: try row.instant(0), state: try row.sampleState(1, path: path)))
        }
    }

    /// The last observation of `check` at or before `asOf`; nil where there is none.
    /// - Throws: ``LedgerError``.
    public func lastObservation(of check: CheckID, asOf: Instant) throws -> Observation? {
        try observations(of: check, "s.at <= ? ORDER BY s.at DESC LIMIT 1", [asOf.milliseconds]).first
    }

    /// The observations of `check` in `interval`, in the order of `at`: the first `limit`, or all.
    /// - Throws: ``LedgerError``.
    public func observations(of check: CheckID, in interval: Interval, limit: Int? = nil) throws -> [Observation] {
        try observations(
            of: check, "s.at >= ? AND s.at < ? ORDER BY s.at LIMIT ?",
            [interval.start.milliseconds, interval.end.milliseconds, limit.map { max(0, $0) } ?? -1])
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

    private func observations(
        of check: CheckID, _ condition: String, _ arguments: StatementArguments
    ) throws -> [Observation] {
        guard let series = try series(check) else { return [] }
        let statement = try db.cachedStatement(
            sql: """
                SELECT s.at, s.state, s.name_us, s.connect_us, s.tls_us, s.first_byte_us, s.total_us,
                    address.text, cause.text
                FROM samples s
                LEFT JOIN texts address ON address.id = s.address
                LEFT JOIN texts cause ON cause.id = s.cause
                WHERE s.series = ? AND \(condition)
                """)
        return try Row.fetchAll(statement, arguments: [series] + arguments).map { row in
            Observation(
                check: check,
                sample: Sample(at: try row.instant(0), state: try row.sampleState(1, path: path)),
                phases: ProbePhases(
                    name: try row.decode(Int64?.self, atIndex: 2), connect: try row.decode(Int64?.self, atIndex: 3),
                    tls: try row.decode(Int64?.self, atIndex: 4), firstByte: try row.decode(Int64?.self, atIndex: 5),
                    total: try row.decode(Int64?.self, atIndex: 6)),
                address: try row.decode(String?.self, atIndex: 7), cause: try row.decode(String?.self, atIndex: 8))
        }
    }
}
