import ArgumentParser
import UseCases

/// `availd suspension list`
struct SuspensionList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every lock and end of services, by its beginning.",
        discussion: """
            EXAMPLES
              availd suspension list --open
              availd suspension list --format csv > suspensions.csv
            """)

    @Flag(help: "Only those that have no end yet.")
    var open = false

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            try ledger.suspensionDocument(
                asOf: asOf.instant(by: configuration.time), isOpenOnly: open, configured: configuration.catalog)
        }
    }
}
