import ArgumentParser
import UseCases

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

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            try ledger.exclusionDocument(asOf: asOf.instant(by: configuration.time), configured: configuration.catalog)
        }
    }
}
