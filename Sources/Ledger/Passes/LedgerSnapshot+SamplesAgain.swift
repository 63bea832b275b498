import GRDB
import SLA

extension LedgerSnapshot {
    /// The samples of `check` that are to be fed again where those from `instant` on are others or are read otherwise:
    /// in each pass the last before it that is up and in the series, and all after that one.
    ///
    /// No run reaches over a sample that is up, so a timeline that goes back to it and is fed these is the one that the
    /// whole series makes.
    /// - Throws: ``LedgerError``.
    public func samplesAgain(of check: CheckID, from instant: Instant, in rules: SeriesRules) throws -> [SamplesAgain] {
        try series(check).map { series in
            let after = try bound(
                "at < ? AND at <= ? AND state = 0 ORDER BY at DESC", series, instant, .distantFuture, rules)
            let statement = try db.makeStatement(
                sql: "SELECT at, state, family FROM samples WHERE series = ? AND at > ? ORDER BY at")
            let rows = try Row.fetchCursor(statement, arguments: [series.id, after?.at.milliseconds ?? .min])
            var samples: [Sample] = []
            while let row = try rows.next() { samples.append(try sample(row, of: series)) }
            return SamplesAgain(pass: series.pass, after: after, samples: samples)
        }
    }

    /// When the latest sample of `pass` of any check was taken; nil where there is none. One look into the index per
    /// check.
    /// - Throws: ``LedgerError``.
    public func latestSample(of pass: Pass) throws -> Instant? {
        try Int64.fetchOne(
            db, sql: "SELECT max((SELECT max(at) FROM samples WHERE series = series.id)) FROM series WHERE pass = ?",
            arguments: [pass]
        ).map(Instant.init)
    }
}
