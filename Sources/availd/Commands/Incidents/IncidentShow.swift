import ArgumentParser
import Configuration
import Ledger
import Reporting
import SLA
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

    @Option(help: "text for people, json for programs.")
    var format = ProseFormat.text

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
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
