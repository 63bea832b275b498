import ArgumentParser
import UseCases

/// `availd status`
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The running month of each service: availability, budget left, state now, since when.",
        discussion: """
            The budget is the downtime that the whole month allows; below zero, the month can no longer be met. Where \
            the configuration has references, the last line says whether the monitor itself sees.

            EXAMPLES
              availd status
              availd status acme-web acme-mail --format json
            """)

    @Argument(help: "The services to show; all if none is named.")
    var services: [String] = []

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show(about: services) { ledger, configuration in
            try ledger.statusDocument(
                of: services, asOf: asOf.instant(by: configuration.time), configured: configuration.catalog,
                references: configuration.references)
        }
    }
}
