import ArgumentParser
import Ledger
import Reporting
import SLA
import UseCases

/// `availd exclusion list`
struct ExclusionList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every exclusion, the revoked ones too, by its beginning.",
        discussion: """
            Planned maintenance is among them: an exclusion for each window and customer, up to the end of the next \
            month, with the notice that the customer was given by then.

            EXAMPLES
              availd exclusion list
              availd exclusion list --format csv > exclusions.csv
            """)

    @OptionGroup var config: ConfigurationOptions

    @OptionGroup var asOf: AsOfOptions

    @Option(help: "text for people, csv as replay reads it, json for programs.")
    var format = TableFormat.text

    func run() async throws {
        let configuration = try config.load(.ignored)
        let agreement = configuration.catalog.agreement
        let instant = asOf.instant
        let entries = try configuration.readableLedger()
            .read { try $0.knownExclusions(asOf: instant, configured: configuration.catalog) }
            .sorted {
                ($0.exclusion.interval.start, $0.exclusion.id) < ($1.exclusion.interval.start, $1.exclusion.id)
            }
            .map {
                ExclusionDocument.Entry(
                    $0.exclusion, revokedBy: $0.revokedBy, reason: $0.revocationReason, details: $0.details)
            }
        switch format {
        case .text: try Console.print(ExclusionDocument.text(entries, under: agreement))
        case .csv: try Console.print(ExclusionDocument.csv(entries, under: agreement))
        case .json: try Console.print(ExclusionDocument.json(entries, under: agreement))
        }
    }
}
