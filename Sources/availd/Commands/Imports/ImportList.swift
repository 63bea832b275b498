import ArgumentParser
import Ledger
import Reporting
import SLA
import UseCases

/// `availd import list`
struct ImportList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every import, with the file's digest, who made it, and what became of it.",
        discussion: """
            EXAMPLES
              availd import list
              availd import list --format json
            """)

    @OptionGroup var config: ConfigurationOptions

    @Option(help: "text for people, json for programs.")
    var format = ProseFormat.text

    func run() async throws {
        let configuration = try config.load(.ignored)
        let zone = configuration.catalog.agreement.calendar.zone
        let entries = try configuration.readableLedger().imports().map(Self.entry)
        try Console.print(
            format == .text ? ImportDocument.text(entries, zone: zone) : ImportDocument.json(entries, zone: zone))
    }

    private static func entry(_ recorded: RecordedImport) -> ImportDocument.Entry {
        let outcome = recorded.outcome ?? ImportOutcome()
        return ImportDocument.Entry(
            number: recorded.number, file: recorded.file.name, size: recorded.file.size, digest: recorded.file.digest,
            format: recorded.file.format, at: recorded.at, by: recorded.by, completedAt: recorded.completedAt,
            counts: [("recorded", outcome.recorded), ("repeated", outcome.repeated), ("kept", outcome.kept)],
            dropped: outcome.dropped.map { ($0.reason, $0.count) },
            series: recorded.file.series.map {
                ImportDocument.Series(
                    source: $0.source, check: $0.check, samples: $0.samples, first: $0.first, last: $0.last)
            })
    }
}
