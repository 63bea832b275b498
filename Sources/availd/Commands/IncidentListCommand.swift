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
        try await exiting {
            let configuration = try config.load(.ignored)
            let catalog = configuration.catalog
            if let customer { try configuration.everKnownCatalog().requireCustomer(customer) }
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
}

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

    @Option(help: "text for people, json for programs.")
    var format = DocumentFormat.text

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        try await exiting {
            let configuration = try config.load(.ignored)
            let instant = asOf.instant
            let incident = try configuration.readableLedger().read { snapshot in
                guard let incident = try snapshot.incident(id, asOf: instant) else {
                    throw IncidentError.unknown(id: id, last: try snapshot.incidents(asOf: instant).last?.number ?? 0)
                }
                return incident
            }
            let history = IncidentHistory(incident, under: configuration.catalog.agreement, asOf: instant)
            switch format {
            case .text: try Console.print(history.text)
            case .json: try Console.print(history.json)
            }
        }
    }
}

extension Catalog {
    /// There is a customer called `id`.
    ///
    /// - Throws: a ``Failure`` of usage that names the nearest one.
    func requireCustomer(_ id: String) throws {
        if customers.contains(where: { $0.id == id }) { return }
        let nearest = didYouMean(nearestName(to: id, among: customers.map(\.id)))
        throw Failure(
            status: ExitStatus.usage,
            message: "unknown customer \(Diagnostic.quoted(id)), expected one of the configuration's\(nearest)")
    }
}
