import GRDB
import SLA

extension LedgerSnapshot {
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

    private func observations(
        of check: CheckID, _ condition: String, _ arguments: StatementArguments
    ) throws -> [Observation] {
        guard let series = try series(check) else { return [] }
        let statement = try db.cachedStatement(
            sql: """
                SELECT s.at, s.state, s.name_us, s.connect_us, s.tls_us, s.first_byte_us, s.total_us,
                    address.text AS address, cause.text AS cause
                FROM samples s
                LEFT JOIN texts address ON address.id = s.address
                LEFT JOIN texts cause ON cause.id = s.cause
                WHERE s.series = ? AND \(condition)
                """)
        let rows = try Row.fetchCursor(statement, arguments: [series] + arguments)
        return try all(ObservationRow.self, rows) { try $0.observation(of: check) }
    }
}
