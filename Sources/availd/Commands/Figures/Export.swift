import ArgumentParser
import Reporting
import SLA
import UseCases

/// `availd export`
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Everything that a month's figures follow from, as files.",
        discussion: """
            The folder holds samples.csv, rules.csv, terms.csv, agreements.csv, exclusions.csv, voids.csv and \
            settlements.csv, the configuration that they need as availd.yaml, the report as report.csv, and export.json \
            and SHA256SUMS, which name them with their digests. Whoever has it gets the same bytes, without the ledger and without \
            the provider's configuration: availd replay --from FOLDER.

            With --customer or --service it is about those services alone, and nothing about anybody else's is in it \
            (clause 5). The folder is there whole or not at all; one that is not empty is refused.

            EXAMPLES
              availd export --month 2026-10 --output evidence-2026-10
              availd export --month last --customer acme --output acme-october
              availd replay --from acme-october --format text
            """)

    @Option(help: "The month, as 2026-10, this or last. (default: this)", transform: MonthArgument.init)
    var month = MonthArgument.this

    @Option(help: "Of this customer's services alone; more than once for several.")
    var customer: [String] = []

    @Option(help: "Of this service alone; more than once for several.")
    var service: [String] = []

    @Option(
        help: ArgumentHelp("The folder to write. (default: availd- and the month, in this one)", valueName: "folder"))
    var output: String?

    @Option(help: "How what was written is listed: text for people, json for programs, csv for scripts.")
    var format = DocumentFormat.text

    @OptionGroup var asOf: AsOfOptions
    @OptionGroup var config: ConfigurationOptions

    func run() async throws {
        let document = try config.read { ledger, configuration in
            let time = configuration.time
            let month = month.month(by: time)
            let export = EvidenceExport(
                month: month, asOf: try asOf.instant(by: time), customers: customer, services: service)
            let folder = try OutputFolder(path: output ?? "availd-\(month)")
            let progress = Console.Progress("exporting \(month)")
            defer { progress.end() }
            return try export.write(
                from: ledger, into: folder, configured: configuration.catalog, progress: progress.show)
        }
        try Console.print(document.shown(as: format))
    }
}
