import Configuration
import Intake
import Interchange
import Ledger
import Platform
import Reporting
import SLA

/// Takes the samples of a file into the ledger, while the daemon may run.
///
/// First all of them are compared with what the ledger has, and nothing is written where any contradicts it. Then
/// they are written in short transactions with as long a rest between them, so that the daemon's own commits find
/// their turn. The import's own row comes before the first and its outcome behind the last: where it is interrupted,
/// the same command again goes on, since a sample that is there already is not written twice.
struct HistoryImport {
    let path: String
    let file: HistoryFile
    let history: History
    let configuration: Configuration
    let now: Instant

    /// How many samples a transaction takes: some tens of milliseconds.
    private static let batch = 5000

    /// - Throws: `Diagnostics` that name every sample later than now.
    func refuseFuture() throws {
        let zone = configuration.catalog.agreement.calendar.zone
        var mistakes = DiagnosticList()
        for (check, entries) in history.series.sorted(by: { $0.key < $1.key }) {
            for entry in entries.reversed() {
                if entry.sample.at <= now { break }
                mistakes.add(
                    Diagnostic(
                        file: path, message: "\(check) at \(RFC3339.text(entry.sample.at, in: zone)): in the future"))
            }
        }
        try mistakes.check()
    }

    /// How the samples compare with those of the ledger, all of them new where there is none yet.
    func comparison() throws -> SampleComparison {
        var all = SampleComparison()
        do {
            let ledger = try Ledger(directory: configuration.stateDirectory, access: .reader)
            defer { try? ledger.close() }
            try ledger.read { snapshot in
                for (check, entries) in history.series.sorted(by: { $0.key < $1.key }) {
                    let one = try snapshot.compare(entries.lazy.map(\.sample), of: check)
                    all.new += one.new
                    all.repeated += one.repeated
                    all.conflicts += one.conflicts
                }
            }
        } catch LedgerError.missing {
            all.new = history.sampleCount
        }
        return all
    }

    /// - Throws: `Diagnostics` that name every contradiction.
    func refuse(_ conflicts: [SampleConflict]) throws {
        let zone = configuration.catalog.agreement.calendar.zone
        var mistakes = DiagnosticList()
        for conflict in conflicts {
            mistakes.add(
                Diagnostic(
                    file: path,
                    message: "\(conflict.check) at \(RFC3339.text(conflict.at, in: zone)): "
                        + "\(conflict.refused.name), but the ledger has \(conflict.kept.name); "
                        + "--keep-existing takes the rest"))
        }
        try mistakes.check()
    }

    /// Writes what is new.
    func write(by: String) async throws -> ImportOutcome {
        let ledger = try Ledger(directory: configuration.stateDirectory, access: .recorder)
        defer { try? ledger.close() }
        let number = try ledger.beginImport(importedFile, at: now, by: by)
        // What was sold when its samples came: a service that is dropped later keeps its row in their month.
        try ledger.commit(
            Batch(catalog: CatalogRecord(configuration.catalog, at: now, by: by, ofNewServicesOnly: true)))
        var outcome = ImportOutcome(dropped: history.tally.reasons.map { .init(reason: $0.reason, count: $0.count) })
        let progress = Console.Progress("recording")
        defer { progress.end() }
        var done = 0
        for (check, entries) in history.series.sorted(by: { $0.key < $1.key }) {
            for start in stride(from: 0, to: entries.count, by: Self.batch) {
                let part = entries[start..<min(start + Self.batch, entries.count)]
                let began = SystemClock.now().monotonic
                let result = try ledger.commit(Batch(observations: part.map { history.observation($0, of: check) }))
                outcome.recorded += result.recorded
                outcome.repeated += result.repeated
                outcome.kept += result.conflicts.count
                done += part.count
                progress.show(done * 100 / max(1, history.sampleCount))
                try await Task.sleep(for: .nanoseconds(Int64(SystemClock.now().monotonic.nanoseconds(since: began))))
            }
        }
        try ledger.finishImport(number, outcome, at: SystemClock.wall())
        return outcome
    }

    /// Whether an import of the same content was interrupted: then it is to be finished, though nothing may be new.
    func isUnfinished() throws -> Bool {
        do {
            let ledger = try Ledger(directory: configuration.stateDirectory, access: .reader)
            defer { try? ledger.close() }
            let digest = file.digest
            return try ledger.imports().contains { $0.completedAt == nil && $0.file.digest == digest }
        } catch LedgerError.missing {
            return false
        }
    }

    private var importedFile: ImportedFile {
        ImportedFile(
            name: path, size: file.size, digest: file.digest, format: history.format.rawValue, series: series)
    }

    /// The series by check; samples.csv names checks itself.
    private var series: [ImportedFile.Series] {
        history.series.sorted { $0.key < $1.key }.compactMap { check, entries in
            guard let first = entries.first, let last = entries.last else { return nil }
            let names = history.sources.filter { $0.check == check }.map(\.name)
            return ImportedFile.Series(
                source: names.isEmpty ? check.description : names.joined(separator: " "), check: check,
                samples: entries.count, first: first.sample.at, last: last.sample.at)
        }
    }

    /// What was read, and how it compares.
    func summary(_ comparison: SampleComparison) -> ImportDocument.Summary {
        var counts = [
            ("records read", history.tally.records), ("samples taken", history.tally.taken),
            ("  of which derived from states that were held", history.tally.derived), ("  new", comparison.new),
            ("  in the ledger already", comparison.repeated),
            ("  contradicting the ledger", comparison.conflicts.count),
            ("said more than once", history.tally.repeated),
        ]
        counts += history.tally.reasons.map { ("not taken: \($0.reason)", $0.count) }
        return ImportDocument.Summary(
            counts: counts.map { (name: $0.0, count: $0.1) },
            series: series.map {
                ImportDocument.Series(
                    source: $0.source, check: $0.check, samples: $0.samples, first: $0.first, last: $0.last)
            })
    }
}
