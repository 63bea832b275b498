import ArgumentParser
import Ledger
import Monitor
import Platform
import Reporting
import SLA
import UseCases

/// `availd exclusion`
struct ExclusionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exclusion",
        abstract: "Record, list, revoke and suggest exclusions.",
        discussion: """
            An exclusion is never edited and never deleted: it is revoked, and another is recorded. These commands \
            work while the daemon runs, which notices within a second.
            """,
        subcommands: [ExclusionAdd.self, ExclusionList.self, ExclusionRevoke.self, ExclusionSuggest.self])
}

/// `availd exclusion list`
struct ExclusionList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every exclusion, the revoked ones too, by its beginning.",
        discussion: """
            Planned maintenance is among them: an exclusion for each window and customer, up to the end of the next \
            month, with the notice that the customer was given by then.

            EXAMPLES
              availd exclusion list
              availd exclusion list --format csv > exclusions.csv
            """)

    @OptionGroup var config: ConfigurationOptions

    @OptionGroup var asOf: AsOfOptions

    @Option(help: "text for people, csv as replay reads it, json for programs.")
    var format = TableFormat.text

    func run() async throws {
        try await exiting {
            let configuration = try config.load(.ignored)
            let agreement = configuration.catalog.agreement
            let instant = asOf.instant
            let entries = try configuration.readableLedger()
                .read { try $0.knownExclusions(asOf: instant, configured: configuration.catalog) }
                .sorted {
                    ($0.exclusion.interval.start, $0.exclusion.id) < ($1.exclusion.interval.start, $1.exclusion.id)
                }
                .map {
                    ExclusionDocument.Entry(
                        $0.exclusion, revokedBy: $0.revokedBy, reason: $0.revocationReason, details: $0.details)
                }
            switch format {
            case .text: try Console.print(ExclusionDocument.text(entries, under: agreement))
            case .csv: try Console.print(ExclusionDocument.csv(entries, under: agreement))
            case .json: try Console.print(ExclusionDocument.json(entries, under: agreement))
            }
        }
    }
}

/// `availd exclusion revoke`
struct ExclusionRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke an exclusion: it stays in the record, and is applied to nothing.",
        discussion: """
            EXAMPLE
              availd exclusion revoke E3 --reason "the window was never used"
            """)

    @Argument(help: "The exclusion's identifier.")
    var id: String

    @Option(help: "Why.")
    var reason: String

    @Option(name: [.customLong("by"), .customLong("revoked-by")], help: "Who revokes it. (default: the user)")
    var revokedBy: String?

    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        try await exiting {
            var check = ArgumentCheck()
            check.notBlank("--reason", reason, expected: "why")
            let by = check.who(revokedBy)
            try check.finish()
            let configuration = try config.load(.ignored)
            let ledger = try configuration.existingLedger()
            defer { try? ledger.close() }
            try ledger.revoke(id: id, at: SystemClock.wall(), by: by, reason: reason)
            Console.note("revoked \(id)")
        }
    }
}
