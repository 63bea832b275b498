import GRDB
import SLA

extension LedgerSnapshot {
    /// The last observation of `check` at or before `asOf`, in whichever pass; nil where there is none.
    /// - Throws: ``LedgerError``.
    public func lastObservation(of check: CheckID, asOf: Instant) throws -> Observation? {
        try series(check).compactMap {
            try observations(of: check, $0, "s.at <= ? ORDER BY s.at DESC LIMIT 1", [asOf.milliseconds]).first
        }.max { ($0.sample.at, $0.sample.pass) < ($1.sample.at, $1.sample.pass) }
    }

    /// The observations of `check` in `interval`, in the order of `at`, then of passes: the first `limit`, or all.
    /// - Throws: ``LedgerError``.
    public func observations(of check: CheckID, in interval: Interval, limit: Int? = nil) throws -> [Observation] {
        let passes = try series(check).map {
            try observations(
                of: check, $0, "s.at >= ? AND s.at < ? ORDER BY s.at LIMIT ?",
                [interval.start.milliseconds, interval.end.milliseconds, limit.map { max(0, $0) } ?? -1])
        }
        if passes.count <= 1 { return passes.first ?? [] }
        let all = passes.joined().sorted { ($0.sample.at, $0.sample.pass) < ($1.sample.at, $1.sample.pass) }
        return Array(all.prefix(limit.map { max(0, $0) } ?? .max))
    }

    private func observations(
        of check: CheckID, _ series: PassSeries, _ condition: String, _ arguments: StatementArguments
    ) throws -> [Observation] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT s.at, s.state, s.name_us, s.connect_us, s.tls_us, s.first_byte_us, s.total_us,
                    address.text AS address, cause.text AS cause, s.family
                FROM samples s
                LEFT JOIN texts address ON address.id = s.address
                LEFT JOIN texts cause ON cause.id = s.cause
                WHERE s.series = ? AND \(condition)
                """)
        let rows = try Row.fetchCursor(statement, arguments: [series.id] + arguments)
        return try all(ObservationRow.self, rows) { try $0.observation(of: check, pass: series.pass) }
    }
}
