import ArgumentParser
import Intake
import Ledger
import Monitor
import Reporting
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

    @Option(help: "text for people, csv as the monthly report has it, json for programs.")
    var format = TableFormat.text

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        let configuration = try config.load(.ignored)
        let catalog = configuration.catalog
        if let customer { try configuration.everKnownCatalog().requiredCustomer(customer) }
        let instant = asOf.instant
        let list = try configuration.readableLedger().read { snapshot in
            if let month {
                return try snapshot.incidentList(
                    of: month, asOf: instant, customer: customer, configured: catalog)
            }
            let incidents = try snapshot.incidents(asOf: instant).filter { all || $0.isOpen }
            return IncidentList(incidents, under: catalog.agreement, asOf: instant, customer: customer)
        }
        switch format {
        case .text: try Console.print(list.text)
        case .csv: try Console.print(list.csv)
        case .json: try Console.print(list.json)
        }
    }
}
