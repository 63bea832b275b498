import GRDB
import SLA

extension Ledger {
    /// Records everything in `batch`, in one transaction that is on the disk when this returns.
    ///
    /// The same sample twice is one. Where the ledger has another state for the same check and instant, it
    /// keeps that one, and the result names the conflict; the rest of the batch is recorded all the same.
    /// - Throws: ``IncidentError/changed``, ``LedgerError``; nothing of the batch is then recorded.
    @discardableResult
    public func commit(_ batch: Batch) throws -> CommitResult {
        guard !batch.isEmpty else { return CommitResult() }
        let known = known.withLock { $0 }
        let samples = try write { db in
            try requireVersion(batch.incidentsVersion, in: db)
            var samples = try SampleWriter(db, path: path, known: known)
            for observation in batch.observations { try samples.add(observation) }
            for transition in batch.transitions { try Self.add(transition, to: db) }
            for alert in batch.alerts { try Self.add(alert, to: db) }
            for event in batch.daemonEvents { try Self.add(event, to: db) }
            if let catalog = batch.catalog { try LedgerSnapshot(db: db, path: path).add(catalog) }
            for event in batch.incidentEvents { try Self.add(event, to: db) }
            return samples
        }
        self.known.withLock { $0.merge(samples.found) }
        keepLog()
        return samples.result
    }

    private static func add(_ transition: Transition, to db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO transitions (service, state, since, at) VALUES (?, ?, ?, ?)")
            .execute(arguments: [
                transition.service, transition.state.rawValue, transition.since.milliseconds,
                transition.at.milliseconds,
            ])
    }

    private static func add(_ alert: Alert, to db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO outbox (event, subject, at, fields) VALUES (?, ?, ?, ?)")
            .execute(arguments: [
                alert.event.rawValue, alert.subject, alert.at.milliseconds,
                try JSONText.encode(alert.fields.map { [$0.key, $0.value] }),
            ])
    }

    private static func add(_ event: DaemonEvent, to db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO daemon_events (kind, at, pid, version, text) VALUES (?, ?, ?, ?, ?)")
            .execute(arguments: [event.kind.rawValue, event.at.milliseconds, event.pid, event.version, event.text])
    }
}
