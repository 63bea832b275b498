import ArgumentParser
import Ledger
import Monitor
import Reporting
import SLA
import UseCases

/// `availd maintenance list`
struct MaintenanceList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every plan with its next window, and how far its notice is.",
        discussion: """
            EXAMPLES
              availd maintenance list
              availd maintenance list --format json --as-of 2026-10-10T00:00:00+07:00
            """)

    @OptionGroup var config: ConfigurationOptions
    @OptionGroup var asOf: AsOfOptions

    @Option(help: "text for people, json for programs.")
    var format = ProseFormat.text

    func run() async throws {
        let configuration = try config.load(.ignored)
        let catalog = configuration.catalog
        let now = asOf.instant
        let record = try configuration.readableLedger().maintenance().known(asOf: now)
        let entries = record.plans.map { record.entry(of: $0, catalog: catalog, at: now, limit: 1) }
        switch format {
        case .text: try Console.print(MaintenanceDocument.text(entries, under: catalog.agreement, at: now))
        case .json: try Console.print(MaintenanceDocument.json(entries, under: catalog.agreement, at: now))
        }
    }
}
