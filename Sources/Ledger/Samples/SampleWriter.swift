import GRDB
import SLA

/// Adds observations within one transaction. The SQL is written by hand: a commit adds thousands, the texts and series
/// that they name are looked up once, and what is there already must be told from what is new.
struct SampleWriter {
    /// What this transaction has found or added; to be kept once it is committed.
    private(set) var found = KnownRows()
    private(set) var result = CommitResult()

    private let db: Database
    private let path: String
    private let known: KnownRows
    private let insert: GRDB.Statement

    init(_ db: Database, path: String, known: KnownRows) throws {
        self.db = db
        self.path = path
        self.known = known
        insert = try db.cachedStatement(
            sql: """
                INSERT INTO samples
                    (series, at, state, name_us, connect_us, tls_us, first_byte_us, total_us, address, cause, family)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """)
    }

    mutating func add(_ observation: Observation) throws {
        let (sample, phases) = (observation.sample, observation.phases)
        let series = try seriesID(KnownRows.SeriesKey(check: observation.check, pass: sample.pass))
        try insert.execute(arguments: [
            series, sample.at.milliseconds, sample.state.rawValue,
            phases.name, phases.connect, phases.tls, phases.firstByte, phases.total,
            try textID(observation.address), try causeID(observation.cause), sample.family?.rawValue,
        ])
        if db.changesCount > 0 {
            result.recorded += 1
            return
        }
        let kept = try recordedState(LedgerSnapshot.PassSeries(id: series, pass: sample.pass), at: sample.at)
        if kept == sample.state {
            result.repeated += 1
        } else {
            result.conflicts.append(
                SampleConflict(check: observation.check, at: sample.at, kept: kept, refused: sample.state))
        }
    }

    private func recordedState(_ series: LedgerSnapshot.PassSeries, at: Instant) throws -> SampleState {
        let statement = try db.cachedStatement(sql: "SELECT at, state, family FROM samples WHERE series = ? AND at = ?")
        guard let row = try Row.fetchOne(statement, arguments: [series.id, at.milliseconds]) else {
            throw LedgerError.damaged(path: path, reason: "a sample that was refused as a repetition is not there")
        }
        return try LedgerSnapshot(db: db, path: path).sample(row, of: series).state
    }

    private mutating func seriesID(_ key: KnownRows.SeriesKey) throws -> Int64 {
        if let id = known.series[key] ?? found.series[key] { return id }
        let id = try rowID(
            select: "SELECT id FROM series WHERE service = ? AND check_id = ? AND pass = ?",
            insert: "INSERT INTO series (service, check_id, pass) VALUES (?, ?, ?)",
            [key.check.service, key.check.check, key.pass])
        found.add(key, id: id)
        return id
    }

    private mutating func textID(_ text: String?) throws -> Int64? {
        guard let text else { return nil }
        if let id = known.texts[text] ?? found.texts[text] { return id }
        // A cause may quote a server, and SQLite reads a text only up to its first NUL.
        let storable = text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
        let id = try rowID(
            select: "SELECT id FROM texts WHERE text = ?", insert: "INSERT INTO texts (text) VALUES (?)", [storable])
        found.add(text, id: id)
        return id
    }

    private mutating func causeID(_ cause: Cause?) throws -> Int64? {
        guard let cause else { return nil }
        if let id = known.causes[cause] ?? found.causes[cause] { return id }
        let id = try textID(CauseText.text(cause))
        if let id { found.add(cause, id: id) }
        return id
    }

    private func rowID(select: String, insert: String, _ arguments: StatementArguments) throws -> Int64 {
        if let id = try Int64.fetchOne(db.cachedStatement(sql: select), arguments: arguments) { return id }
        try db.cachedStatement(sql: insert).execute(arguments: arguments)
        return db.lastInsertedRowID
    }
}
