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
    /// - Throws: every sample later than `now`.
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
        for (check, entries) in checks {
            for entry in entries.reversed() {
                if entry.sample.at <= now { break }
                let at = RFC3339.text(entry.sample.at, in: zone)
                mistakes.add(Diagnostic(file: path, message: "\(check) at \(at): in the future"))
            }
        }
        try mistakes.check()
    }

    /// The samples by check, in the order in which they are taken.
    var checks: [(key: CheckID, value: [History.Entry])] { history.series.sorted { $0.key < $1.key } }

    /// The series by check; samples.csv names checks itself.
    private static func series(of history: History) -> [ImportedFile.Series] {
        history.series.sorted { $0.key < $1.key }.compactMap { check, entries in
            guard let first = entries.first, let last = entries.last else { return nil }
            let names = history.sources.filter { $0.check == check }.map(\.name)
            return ImportedFile.Series(
                source: names.isEmpty ? check.description : names.joined(separator: " "), check: check,
                samples: entries.count, first: first.sample.at, last: last.sample.at)
        }
    }

    /// What would be taken into the ledger that `snapshot` shows.
    ///
    /// - Parameter keepExisting: whether the ledger keeps what it has where a sample contradicts it.
    /// - Throws: every contradiction, unless the ledger keeps what it has; `LedgerError`.
    public func preview(in snapshot: LedgerSnapshot, keepExisting: Bool) throws -> HistoryPreview {
        var comparison = SampleComparison()
        for (check, entries) in checks {
            let one = try snapshot.compare(entries.lazy.map(\.sample), of: check)
            comparison.new += one.new
            comparison.repeated += one.repeated
            comparison.conflicts += one.conflicts
        }
        if !keepExisting { try refuse(comparison.conflicts) }
        let isUnfinished = RecordedImport.unfinished(file, among: try snapshot.imports()) != nil
        return HistoryPreview(summary: summary(comparison), isNews: comparison.new > 0 || isUnfinished, zone: zone)
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

    private func summary(_ comparison: SampleComparison) -> ImportDocument.Summary {
        let tally = history.tally
        var counts = [
            ("records read", tally.records), ("samples taken", tally.taken),
            ("  of which derived from states that were held", tally.derived), ("  new", comparison.new),
            ("  in the ledger already", comparison.repeated),
            ("  contradicting the ledger", comparison.conflicts.count), ("said more than once", tally.repeated),
        ]
        counts += tally.reasons.map { ("not taken: \($0.reason)", $0.count) }
        return ImportDocument.Summary(
            counts: counts.map { (name: $0.0, count: $0.1) }, series: file.series)
    }
}

/// What would be taken of a file of samples.
public struct HistoryPreview: Sendable {
    /// What was read, and how it compares with the ledger.
    public let summary: ImportDocument.Summary
    /// Whether there is anything to record: something new, or the end of an import that was interrupted.
    public let isNews: Bool
    private let zone: TimeZoneRules

    init(summary: ImportDocument.Summary, isNews: Bool, zone: TimeZoneRules) {
        self.summary = summary
        self.isNews = isNews
        self.zone = zone
    }

    /// For people.
    public var text: String { ImportDocument.text(summary, zone: zone) }
}
