import Ledger
import SLA

extension Recording {
    /// How many samples a transaction takes: some tens of milliseconds.
    private static let batch = 5000

    /// Takes samples into the ledger, while the daemon may run.
    ///
    /// They are written in short transactions with as long a rest between them, so that the daemon's own commits find
    /// their turn; where one contradicts the ledger, the ledger keeps what it has. The import's own row comes before
    /// the first and its outcome behind the last: where it is interrupted, the same import again goes on, since a
    /// sample that is there already is not written twice.
    ///
    /// - Parameters:
    ///   - clock: read at the end.
    ///   - progress: told, from time to time, how much is done, in percent.
    /// - Returns: the import, with what this one of it came to.
    /// - Throws: `LedgerError`; what was written up to then stays.
    public func importHistory(
        _ work: HistoryImport, clock: () -> Instant, progress: (Int) -> Void = { _ in }
    ) async throws -> RecordedImport {
        let number = try beginImport(of: work)
        var outcome = ImportOutcome(dropped: work.history.tally.drops)
        var done = 0
        for (check, entries) in work.checks {
            for start in stride(from: 0, to: entries.count, by: Self.batch) {
                let part = entries[start..<min(start + Self.batch, entries.count)]
                var result = CommitResult()
                let took = try ContinuousClock().measure {
                    result = try ledger.record { _ in
                        [.observations(part.map { work.history.observation($0, of: check) })]
                    }.samples
                }
                outcome.recorded += result.recorded
                outcome.repeated += result.repeated
                outcome.kept += result.conflicts.count
                done += part.count
                progress(done * 100 / max(1, work.history.sampleCount))
                try await Task.sleep(for: took)
            }
        }
        let end = clock()
        try ledger.record { snapshot in
            // Whoever imports the same at the same time may have come to the end of it first.
            let isComplete = try snapshot.imports().contains { $0.number == number && $0.completedAt != nil }
            return isComplete ? [] : [.importOutcome(import: number, outcome, at: end)]
        }
        return RecordedImport(
            number: number, file: work.file, at: now, by: by, completedAt: end, outcome: outcome)
    }

    /// The number of the import of `file`, which goes on where it was interrupted.
    ///
    /// What was sold when its samples came is recorded with it: a service that is dropped later keeps its row in their
    /// month.
    private func beginImport(of work: HistoryImport) throws -> Int64 {
        let file = work.file
        var unfinished: Int64?
        let recorded = try ledger.record { snapshot in
            unfinished = RecordedImport.unfinished(file, among: try snapshot.imports())?.number
            let begin = Fact.imported(RecordedImport(number: 0, file: file, at: now, by: by))
            var ends = work.history.passEnds
            for index in ends.indices { ends[index].recordedAt = now }
            let known = Set(try snapshot.passEnds().map { [$0.check?.description ?? "", "\($0.pass)"] })
            let newEnds = ends.filter { !known.contains([$0.check?.description ?? "", "\($0.pass)"]) }
            return (unfinished == nil ? [begin] : []) + newEnds.map(Fact.passEnd) + (try newServices(in: snapshot))
        }
        return unfinished ?? recorded.last { if case .imported(let imported) = $0 { imported.number } else { nil } }
    }
}
