import ArgumentParser
import SLA
import UseCases

/// `availd compensation list`
struct CompensationList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "What is due for a month, by service, with a total for each customer.",
        discussion: """
            EXAMPLES
              availd compensation --month 2026-10
              availd compensation list --month 2026-10 --format csv > october.csv
            """)

    @Option(help: "The month, as 2026-10.")
    var month: CivilMonth

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            try ledger.compensationDocument(of: month, asOf: asOf.instant, configured: configuration.catalog)
        }
    }
}
