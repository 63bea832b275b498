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
        return try record { snapshot in
            if let version = batch.incidentsVersion, try snapshot.incidentsVersion() != version {
                throw IncidentError.changed
            }
            return try batch.facts { try snapshot.latestRecords() }
        }.samples
    }

    /// Notes that the alerts numbered `ids` were handed over at `at`; one that already was keeps its first
    /// instant.
    /// - Throws: ``LedgerError``; none is then marked.
    public func markDelivered(ids: [Int64], at: Instant) throws {
        guard !ids.isEmpty else { return }
        try record { _ in ids.map { .alertDelivered(alert: $0, at: at) } }
    }

    /// Records that the samples of `file` are about to be taken, and gives the import's number. One of the same
    /// content that was interrupted goes on under its own.
    /// - Throws: ``LedgerError``.
    public func beginImport(_ file: ImportedFile, at: Instant, by: String) throws -> Int64 {
        var unfinished: Int64?
        let recorded = try record { snapshot in
            unfinished = RecordedImport.unfinished(file, among: try snapshot.imports())?.number
            return unfinished == nil ? [.imported(RecordedImport(number: 0, file: file, at: at, by: by))] : []
        }
        return unfinished ?? recorded.imports.first?.number ?? 0
    }

    /// Records what became of the import `number`.
    /// - Throws: ``LedgerError``.
    public func finishImport(_ number: Int64, _ outcome: ImportOutcome, at: Instant) throws {
        try record { _ in [.importOutcome(import: number, outcome, at: at)] }
    }

    /// Keeps `draft` as the next statement of its month, sealed to the one that was kept before it; with it goes what
    /// `catalog` says of services that the ledger has never seen.
    ///
    /// - Returns: nil where the month's latest statement is another than the one that `draft` amends.
    /// - Throws: ``LedgerError``; nothing is then kept.
    public func keep(_ draft: ClosedStatement.Draft, _ catalog: CatalogRecord) throws -> ClosedStatement? {
        try record { snapshot in
            let latest = try snapshot.latestStatementNumber(of: draft.month)
            guard let statement = ClosedStatement.keeping(draft, after: latest) else { return [] }
            return try [statement] + snapshot.latestRecords().facts(of: catalog)
        }.statements.first
    }
}
