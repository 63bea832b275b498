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

    @Option(
        help: """
            Those that opened in this month or were open in it, as 2026-10, this or last, whether they have ended or not.
            """, transform: MonthArgument.init)
    var month: MonthArgument?

    @Option(help: "Only what this customer may be told: its own services (clause 5).")
    var customer: String?

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try reading.show { ledger, configuration in
            let time = configuration.time
            return try ledger.incidentList(
                of: month?.month(by: time), withEnded: all, asOf: asOf.instant(by: time), customer: customer,
                configured: configuration.catalog)
        }
    }
}
