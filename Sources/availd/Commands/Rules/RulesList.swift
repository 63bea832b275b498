import ArgumentParser
import UseCases

/// `availd rules list`
struct RulesList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "How each check is measured, and since when.",
        discussion: """
            --format csv is rules.csv, as availd replay --rules reads it.

            EXAMPLES
              availd rules list acme-web
              availd rules list --format csv > rules.csv
            """)

    @Argument(help: "The services to show; all if none is named.")
    var services: [String] = []

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show(about: services) { ledger, configuration in
            try ledger.rulesDocument(
                of: services, asOf: asOf.instant(by: configuration.time), configured: configuration.catalog)
        }
    }
}
