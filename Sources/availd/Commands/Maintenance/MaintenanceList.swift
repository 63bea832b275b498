import ArgumentParser
import UseCases

/// `availd maintenance list`
struct MaintenanceList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every plan with its next window, and how far its notice is.",
        discussion: """
            EXAMPLES
              availd maintenance list
              availd maintenance list --format json --as-of 2026-10-10T00:00:00+07:00
            """)

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            try ledger.maintenanceDocument(at: asOf.instant(by: configuration.time), catalog: configuration.catalog)
        }
    }
}
