import Interchange
import Reporting
import SLA

/// What would be taken of a file of samples.
public struct HistoryPreview: Sendable {
    /// Whether there is anything to record: something new, or the end of an import that was interrupted.
    public let isNews: Bool
    let file: ImportedFile
    let tally: HistoryTally
    /// What would become of it.
    let outcome: ImportOutcome
    let zone: TimeZoneRules

    init(file: ImportedFile, tally: HistoryTally, outcome: ImportOutcome, isNews: Bool, zone: TimeZoneRules) {
        self.file = file
        self.tally = tally
        self.outcome = outcome
        self.isNews = isNews
        self.zone = zone
    }

    /// For people: what was read, how it compares with the ledger, and the series.
    public var text: String {
        let counts =
            [
                ("records read", tally.records), ("samples taken", tally.taken),
                ("  of which derived from states that were held", tally.derived), ("  new", outcome.recorded),
                ("  in the ledger already", outcome.repeated), ("  contradicting the ledger", outcome.kept),
                ("said more than once", tally.repeated),
            ] + outcome.dropped.map { ("not taken: \($0.reason)", $0.count) }
        return ImportDocument.text(
            ImportDocument.Summary(counts: counts.map { (name: $0.0, count: $0.1) }, series: file.series), zone: zone)
    }
}
