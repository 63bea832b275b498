import ArgumentParser
import SLA
import UseCases

/// `availd compensation list`
struct CompensationList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "What is due for a month, by service, with a total for each customer.",
        discussion: """
            Nothing is due before the month has ended, nor where it is met. A month whose credit is not the same at both \
            bounds of its availability, or that would have a larger one without our own corrections, is to be settled: \
            its range is listed apart, until availd compensation negotiate settles it.

            EXAMPLES
              availd compensation --month 2026-10
              availd compensation list --month 2026-10 --format csv > october.csv
            """)

    @Option(help: "The month, as 2026-10, this or last. (default: this)", transform: MonthArgument.init)
    var month = MonthArgument.this

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            let time = configuration.time
            return try ledger.compensationDocument(
                of: month.month(by: time), asOf: asOf.instant(by: time), configured: configuration.catalog)
        }
    }
}
