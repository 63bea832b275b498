import Intake
import Interchange
import Ledger
import Reporting
import SLA

/// Samples of a file that are to be taken into the ledger.
public struct HistoryImport: Sendable {
    /// The path that the file was given by; `-` is standard input.
    public let path: String
    /// What it says.
    public let history: History
    /// The file, as it is recorded.
    public let file: ImportedFile
    private let zone: TimeZoneRules

    /// The samples of `history`, which `source` holds.
    ///
    /// - Parameter zone: of the agreement, for messages.
    /// - Throws: what the ledger cannot hold; every sample later than `now`, or so early that its instant was meant in seconds.
    public init(
        _ history: History, from source: HistoryFile, in zone: TimeZoneRules, at now: Instant
    ) throws(Diagnostics) {
        self.history = history
        self.zone = zone
        path = source.path
        file = ImportedFile(
            name: source.path, size: source.size, digest: source.digest, format: history.format.rawValue,
            series: Self.series(of: history))
        var mistakes = DiagnosticList()
        for beyond in history.unrecordable(file: path) { mistakes.add(beyond) }
        for (check, entries) in checks {
            for entry in entries where entry.sample.at > now || entry.sample.at < InstantText.earliest {
                let at = RFC3339.text(entry.sample.at, in: zone)
                let wrong = entry.sample.at > now ? "in the future" : "before 2000; seconds?"
                mistakes.add(Diagnostic(file: path, message: "\(check) at \(at): \(wrong)"))
            }
        }
        try mistakes.check()
    }

    /// The samples by check, in the order in which they are taken.
    var checks: [(key: CheckID, value: [History.Entry])] { history.series.sorted { $0.key < $1.key } }

    /// The series by check; samples.csv names checks itself.
    private static func series(of history: History) -> [ImportedFile.Series] {
        history.series.sorted { $0.key < $1.key }.compactMap { check, entries in
            let instants = entries.lazy.map(\.sample.at)
            guard let first = instants.min(), let last = instants.max() else { return nil }
            let names = history.sources.filter { $0.check == check }.map(\.name)
            return ImportedFile.Series(
                source: names.isEmpty ? check.description : names.joined(separator: " "), check: check,
                samples: entries.count, first: first, last: last)
        }
    }

    /// What would be taken into the ledger that `snapshot` shows.
    ///
    /// - Parameter keepExisting: whether the ledger keeps what it has where a sample contradicts it.
    /// - Throws: every contradiction, unless the ledger keeps what it has; `LedgerError`.
    public func preview(in snapshot: LedgerSnapshot, keepExisting: Bool) throws -> HistoryPreview {
        var comparison = SampleComparison()
        for (check, entries) in checks {
            for (pass, samples) in Dictionary(grouping: entries.map(\.sample), by: \.pass) {
                let one = try snapshot.compare(samples, of: check, pass: pass)
                comparison.new += one.new
                comparison.repeated += one.repeated
                comparison.conflicts += one.conflicts
            }
        }
        if !keepExisting { try refuse(comparison.conflicts) }
        let isUnfinished = RecordedImport.unfinished(file, among: try snapshot.imports()) != nil
        return HistoryPreview(
            file: file, tally: history.tally,
            outcome: ImportOutcome(
                recorded: comparison.new, repeated: comparison.repeated, kept: comparison.conflicts.count,
                dropped: history.tally.drops),
            isNews: comparison.new > 0 || isUnfinished, zone: zone)
    }

    private func refuse(_ conflicts: [SampleConflict]) throws(Diagnostics) {
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
}

extension HistoryTally {
    /// The records that were not taken, by the reason, the most frequent first.
    var drops: [ImportOutcome.Drop] { reasons.map { ImportOutcome.Drop(reason: $0.reason, count: $0.count) } }
}
