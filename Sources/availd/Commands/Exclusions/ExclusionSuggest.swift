import ArgumentParser
import SLA
import UseCases

/// `availd exclusion suggest`
struct ExclusionSuggest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "Propose exclusions for a month's outages, with the reasons; records nothing.",
        discussion: """
            Looks for outages that may be none of the provider's: the name no longer points here, the certificate that \
            the customer keeps has run out, a delivery network's own error page, everything behind one carrier, in one \
            group or on one address lost at once. It needs to know what should be: the keys addresses, certificate and \
            carrier of a service in the configuration.

            A proposal excludes nothing. Whoever has looked into it runs the command that is shown, with the evidence \
            that was found.

            EXAMPLES
              availd exclusion suggest --month 2026-10
              availd exclusion suggest acme-web --month 2026-10 --format json
            """)

    @Argument(help: "The service. (default: all)")
    var service: String?

    @Option(help: "The month, as 2026-10, this or last. (default: this)", transform: MonthArgument.init)
    var month = MonthArgument.this

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show(about: service.map { [$0] } ?? []) { ledger, configuration in
            let time = configuration.time
            return try ledger.suggestionDocument(
                of: service, in: month.month(by: time), asOf: asOf.instant(by: time),
                configured: configuration.catalog)
        }
    }
}
