import ArgumentParser
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

    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            try ledger.importListDocument(in: configuration.catalog.agreement.calendar.zone)
        }
    }
}
