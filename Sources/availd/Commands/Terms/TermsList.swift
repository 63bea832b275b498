import ArgumentParser
import Ledger
import Platform
import Reporting
import SLA

/// `availd terms list`
struct TermsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "The paid time in force with its prices, and how it became known.",
        discussion: """
            EXAMPLES
              availd terms list acme-web
              availd terms list --as-of 2026-10-31T23:59:59+07:00 --format csv
            """)

    @Argument(help: "The services to show; all if none is named.")
    var services: [String] = []

    @OptionGroup var config: ConfigurationOptions
    @OptionGroup var asOf: AsOfOptions

    @Option(help: "text for people, csv as terms import reads it (without the history), json for programs.")
    var format = TableFormat.text

    func run() async throws {
        let configuration = try config.load(.ignored)
        let history = try configuration.readableLedger(about: services).read { try $0.catalogHistory() }
        let catalog = history.everKnown(configuration.catalog)
        let shown = services.isEmpty ? catalog.services : try services.map(catalog.requiredService)
        let histories = history.histories(including: configuration.catalog, asOf: asOf.instant, now: SystemClock.wall())
        let document = TermsDocument(
            shown.map { TermsDocument.Entry($0, histories[$0.id] ?? ServiceHistory()) }, asOf: asOf.instant,
            under: catalog.agreement)
        switch format {
        case .text: try Console.print(document.text)
        case .csv: try Console.print(document.csv)
        case .json: try Console.print(document.json)
        }
    }
}
