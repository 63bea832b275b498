import ArgumentParser
import UseCases

/// `availd incident show`
struct IncidentShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "An incident with its whole history, its clock and its deadline.",
        discussion: """
            EXAMPLE
              availd incident show I7
            """)

    @Argument(help: "The incident's identifier, as I7.")
    var id: String

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            try ledger.incidentHistory(
                of: id, asOf: asOf.instant(by: configuration.time), configured: configuration.catalog)
        }
    }
}
