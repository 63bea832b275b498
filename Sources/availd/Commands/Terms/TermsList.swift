import ArgumentParser
import UseCases

/// `availd terms list`
struct TermsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "The paid time in force with its prices, and how it became known.",
        discussion: """
            EXAMPLES
              availd terms list acme-web
              availd terms list --as-of 2026-10-31T23:59:59+07:00 --format csv
            """)

    @Argument(help: "The services to show; all if none is named.")
    var services: [String] = []

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show(about: services) { ledger, configuration in
            try ledger.termsDocument(
                of: services, asOf: asOf.instant(by: configuration.time), configured: configuration.catalog)
        }
    }
}
