import ArgumentParser
import Configuration
import Ledger
import Reporting
import SLA
import UseCases

/// `availd compensation list`
struct CompensationList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "What is due for a month, by service, with a total for each customer.",
        discussion: """
            EXAMPLES
              availd compensation --month 2026-10
              availd compensation list --month 2026-10 --format csv > october.csv
            """)

    @OptionGroup var config: ConfigurationOptions

    @Option(help: "The month, as 2026-10.")
    var month: CivilMonth

    @OptionGroup var asOf: AsOfOptions

    @Option(help: "text for people, csv for spreadsheets (a row a service, without totals), json for programs.")
    var format = TableFormat.text

    func run() async throws {
        let configuration = try config.load(.ignored)
        let instant = asOf.instant
        let document = try configuration.readableLedger().read { snapshot in
            let inputs = try snapshot.inputs(of: month, asOf: instant, configured: configuration.catalog)
            return CompensationDocument(try snapshot.report(inputs), negotiations: inputs.negotiations)
        }
        switch format {
        case .text: try Console.print(document.text)
        case .csv: try Console.print(document.csv)
        case .json: try Console.print(document.json)
        }
    }
}
