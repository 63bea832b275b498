import ArgumentParser
import SLA
import UseCases

/// `availd incident list`
struct IncidentListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The open incidents, with what is left of their time.",
        discussion: """
            EXAMPLES
              availd incident list
              availd incident list --month 2026-10 --customer acme --format csv
            """)

    @Flag(help: "Those that have ended, too.")
    var all = false

    @Option(help: "Those that opened in this month or were open in it, as 2026-10, whether they have ended or not.")
    var month: CivilMonth?

    @Option(help: "Only what this customer may be told: its own services (clause 5).")
    var customer: String?

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            try ledger.incidentList(
                of: month, withEnded: all, asOf: asOf.instant, customer: customer, configured: configuration.catalog)
        }
    }
}
