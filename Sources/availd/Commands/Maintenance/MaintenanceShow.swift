import ArgumentParser
import UseCases

/// `availd maintenance show`
struct MaintenanceShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "A plan's next windows, who still has to be told, and every try to tell them.",
        discussion: """
            EXAMPLES
              availd maintenance show M3
              availd maintenance show M3 --format json
            """)

    @OptionGroup var subject: SubjectArgument

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            try ledger.maintenanceHistory(
                of: subject.id, at: asOf.instant(by: configuration.time), catalog: configuration.catalog)
        }
    }
}
